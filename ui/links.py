"""Links within the cockpit: ordinary anchors that carry the reader's view, opened without reloading the page.

Without the script they still work, as any link does: by loading the address.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from ui.pages import BY_ADDRESS, COCKPIT

if TYPE_CHECKING:
    from ui.pages import Entry
    from ui.view import View

ROUTER: Final = "router"
# Streamlit runs this again on every change, so the listener is set once and asks for the newest trigger.
_SCRIPT: Final = """
export default function ({ parentElement, setTriggerValue }) {
  parentElement.kokpitGo = (href) => setTriggerValue("go", href)
  if (!parentElement.kokpitStop) {
    const listen = (event) => {
      const link = event.target.closest && event.target.closest("a[data-go]")
      if (!link || event.defaultPrevented || event.button) return
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      parentElement.kokpitGo(link.getAttribute("href"))
    }
    document.addEventListener("click", listen)
    parentElement.kokpitStop = () => document.removeEventListener("click", listen)
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
    """Open clicked links of the cockpit within the session. Once on every page."""
    with st.container(key="kk_router"):
        _mount(key=ROUTER, on_go_change=_follow)


def _follow() -> None:
    address = urlsplit(st.session_state[ROUTER].go or "")
    entry = BY_ADDRESS.get(address.path.strip("./"), COCKPIT)
    st.switch_page(entry.script, query_params=dict(parse_qsl(address.query, keep_blank_values=True)))
