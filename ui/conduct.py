"""What the meeting page and its script do together: keys and the timer."""

from __future__ import annotations

from typing import Final

import streamlit as st

KEYS: Final = {
    "ArrowRight": "kk_next",
    "PageDown": "kk_next",
    "ArrowLeft": "kk_back",
    "PageUp": "kk_back",
    "n": "kk_entry_note",
    "r": "kk_entry_recommendation",
    "d": "kk_entry_decision",
    "a": "kk_entry_action",
    "e": "kk_entry_event",
}
"""Which button each key presses; 1, 2 and 3 choose how an exception ends."""
# What is typed before the field that a key opens is there is caught by ui/typed.
_SCRIPT: Final = """
// A switch, and a list of choices that is closed and takes no letters, leave the keys to the meeting.
const FIELDS = [
  "input:not([type=checkbox], [type=radio], [inputmode=none])", "textarea", "select", "[contenteditable]",
  "[role=listbox]", "[role=combobox][aria-expanded=true]",
].join(", ")

const pressed = (event, keys) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.target.closest && event.target.closest(FIELDS)) return
  const end = /^[1-3]$/.test(event.key) && document.querySelectorAll('.st-key-kk_answer [role="radio"]')[event.key - 1]
  if (end) {
    event.preventDefault()
    if (end.getAttribute("aria-checked") !== "true") end.click()
    document.dispatchEvent(new Event("kokpit:answer"))
    return
  }
  const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  const button = name && document.querySelector(`.st-key-${name} button:not([disabled])`)
  if (!button) return
  event.preventDefault()
  // R alone would also have Streamlit run the page anew, and press the button a second time.
  event.stopPropagation()
  const isEntry = name.startsWith("kk_entry_")
  const isOpen = isEntry && button.getAttribute("kind") === "secondary"
  if (!isOpen) button.click()
  if (isEntry) document.dispatchEvent(new CustomEvent("kokpit:entry", { detail: name }))
}

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

// What is asked for on the spot stands below all else, and would be looked for in vain.
const show = (tries = 20) => {
  const place = document.querySelector(".st-key-kk_asked")
  if (place) place.scrollIntoView({ block: "start", behavior: "smooth" })
  else if (tries) setTimeout(show, 100, tries - 1)
}

export default function ({ parentElement, data }) {
  if (data.asked && data.asked !== (parentElement.kokpitAsked ?? data.asked)) show()
  parentElement.kokpitAsked = data.asked
  const timer = parentElement.querySelector("span")
  const began = performance.now()
  clearInterval(parentElement.kokpitTimer)
  const tick = () => {
    if (data.elapsed === null) { timer.textContent = ""; return }
    const passed = clock(data.elapsed + (performance.now() - began) / 1000)
    timer.textContent = data.minutes ? `${passed} / ${data.minutes}:00` : passed
  }
  tick()
  parentElement.kokpitTimer = setInterval(tick, 1000)
  parentElement.kokpitKeys = data.keys
  if (!parentElement.kokpitStop) {
    const press = (event) => pressed(event, parentElement.kokpitKeys)
    // A list of choices keeps what it hears from those above it: the meeting hears first.
    document.addEventListener("keydown", press, true)
    parentElement.kokpitStop = () => {
      clearInterval(parentElement.kokpitTimer)
      document.removeEventListener("keydown", press, true)
      parentElement.kokpitStop = null
    }
  }
  return parentElement.kokpitStop
}
"""
_STYLE: Final = "span { font-variant-numeric: tabular-nums; opacity: 0.65; white-space: nowrap; }"
_mount: Final = st.components.v2.component(
    "kokpit_conduct", html='<span role="timer" aria-live="off"></span>\n', css=_STYLE, js=_SCRIPT
)


def conduct(elapsed: float | None = None, minutes: int = 0, *, keys: bool = False, asked: str = "") -> None:
    """With *keys* press buttons by keys; show the time an item has taken so far, and what is *asked* as it changes."""
    data = {"elapsed": elapsed, "minutes": minutes, "keys": KEYS if keys else {}, "asked": asked}
    with st.container(key="kk_timer"):
        _mount(key="conduct", data=data)
