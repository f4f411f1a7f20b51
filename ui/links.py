"""Links within the cockpit: ordinary anchors that carry the reader's view, opened without reloading the page.

Without the script they still work, as any link does: by loading the address.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from core.language import _, current_language
from ui.pages import BY_ADDRESS, COCKPIT
from ui.view import ME

if TYPE_CHECKING:
    from ui.pages import Entry
    from ui.view import View

ROUTER: Final = "kk_router"
CLICKED: Final = "kk_clicked"
"""Whether the page was opened by a click within the session."""
# Streamlit runs this again on every change, so the listener is set once and asks for the newest trigger. Who reads
# belongs to no view, so that all readers share what is drawn: it is put into a link when it is used. On the way to
# another page Streamlit sets the new query first and the new path then: two entries of the browser's history, the
# first of which was never seen. The second takes its place, so that one step back leads to where one was.
_SCRIPT: Final = """
const carry = (link) => {
  const href = new URL(link.href)
  const me = new URLSearchParams(window.location.search).get("me")
  if (!me || href.searchParams.has("me")) return
  href.searchParams.set("me", me)
  link.setAttribute("href", (link.getAttribute("href").split("?")[0] || "./") + href.search)
}

const arriveInOneStep = (there) => {
  if (there === window.location.pathname) return
  const push = window.history.pushState.bind(window.history)
  const restore = () => { delete window.history.pushState }
  let halfway = false
  window.history.pushState = (data, unused, url) => {
    const arrived = new URL(url, window.location.href).pathname !== window.location.pathname
    if (arrived && halfway) window.history.replaceState(data, unused, url)
    else push(data, unused, url)
    halfway = true
    if (arrived) restore()
  }
  setTimeout(restore, 10000)
}

const skipMenu = (event) => {
  const heading = document.querySelector("h1, h2")
  if (!heading) return
  event.preventDefault()
  event.stopPropagation()
  heading.tabIndex = -1
  heading.focus()
}

export default function ({ parentElement, setTriggerValue, data }) {
  const root = document.documentElement
  root.lang = data.language
  for (const [name, text] of Object.entries(data.away)) root.style.setProperty(name, JSON.stringify(text))
  const skip = document.querySelector('[data-testid="stSkipToContent"]')
  if (skip) Object.assign(skip, { textContent: data.skip, onclick: skipMenu })
  parentElement.kokpitGo = (href) => setTriggerValue("go", href)
  if (!parentElement.kokpitStop) {
    const listen = (event) => {
      const link = event.target.closest && event.target.closest("a[data-go]")
      if (!link || event.defaultPrevented) return
      carry(link)
      if (event.type !== "click" || event.button) return
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      arriveInOneStep(new URL(link.href).pathname)
      parentElement.kokpitGo(link.getAttribute("href"))
    }
    const events = ["click", "auxclick", "contextmenu"]
    events.forEach((name) => document.addEventListener(name, listen))
    parentElement.kokpitStop = () => events.forEach((name) => document.removeEventListener(name, listen))
  }
  return parentElement.kokpitStop
}
"""
_mount: Final = st.components.v2.component("kokpit_router", html="<span></span>\n", js=_SCRIPT)


def href(entry: Entry, view: View) -> str:
    """The address of the page *entry* that shows *view*, relative to any page of the cockpit."""
    query = urlencode(view.query())
    return (entry.url_path or "./") + (f"?{query}" if query else "")


def anchor(address: str, inner: str, css: str = "", attributes: str = "") -> str:
    """A link to *address* around the HTML *inner*."""
    return f'<a data-go href="{escape(address)}" class="{css}" {attributes}>{inner}</a>'


def router() -> None:
    """Open clicked links of the cockpit within the session, and say which language is read. Once on every page."""
    # What the style sheet has stand where Streamlit says, in English alone, that its server is away.
    away = {
        "--kk-away": _("Kokpit does not answer"),
        "--kk-away-told": _(
            "It was ended, or cannot be reached. This page goes on by itself as soon as Kokpit answers again; on this "
            "computer it is started with: make run"
        ),
    }
    told = {"language": current_language(), "skip": _("Skip to the content"), "away": away}
    _mount(key=ROUTER, data=told, on_go_change=_follow)


def _follow() -> None:
    st.session_state[CLICKED] = True
    address = urlsplit(st.session_state[ROUTER].go or "")
    entry = BY_ADDRESS.get(address.path.strip("./"), COCKPIT)
    query = dict(parse_qsl(address.query, keep_blank_values=True))
    # Nobody is a reader like any other: an empty name takes the present one back.
    query = {name: value for name, value in query.items() if value or name != ME}
    st.switch_page(entry.script, query_params=query)
