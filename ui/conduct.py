"""What the meeting page and its script do together: keys, the timer, and words that are saved while they are typed."""

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
"""Which button each key presses."""
# A pause in typing commits the field as Ctrl+Enter does: Streamlit itself waits until the field is left, and words
# that nobody left yet would be lost with the page. What is typed before a field is there (*early*) waits for it.
_SCRIPT: Final = """
const PAUSE = 350
const FIELDS = "input, textarea, select, [role=listbox], [role=combobox], [contenteditable]"
const ENTRY = ".st-key-kk_entry_form textarea, .st-key-kk_entry_form input"

let early = null

const enter = (tries, calm) => {
  const field = document.querySelector(ENTRY)
  const there = field && document.activeElement === field
  if (field && !there) field.focus()
  if (tries > 0 && !(there && calm > 8)) {
    setTimeout(() => enter(tries - 1, there ? calm + 1 : 0), 40)
    return
  }
  const text = early
  early = null
  if (there && text) document.execCommand("insertText", false, text)
}

const kept = (event) => {
  const elsewhere = event.target.closest && event.target.closest(FIELDS) && !event.target.matches(ENTRY)
  if (early === null || elsewhere || event.key.length > 1) return false
  early += event.key
  event.preventDefault()
  return true
}

const pressed = (event, keys) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (kept(event)) return
  if (event.target.closest && event.target.closest(FIELDS)) return
  const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  const button = name && document.querySelector(`.st-key-${name} button:not([disabled])`)
  if (!button) return
  event.preventDefault()
  button.click()
  if (!name.startsWith("kk_entry_") || button.getAttribute("kind") === "secondary") return
  early = ""
  enter(100, 0)
}

const typed = (event, waiting) => {
  const field = event.target
  if (!field.matches || !field.matches("textarea")) return
  clearTimeout(waiting.get(field))
  waiting.set(field, setTimeout(() => {
    const press = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true }
    field.dispatchEvent(new KeyboardEvent("keydown", press))
  }, PAUSE))
}

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

export default function ({ parentElement, data }) {
  const timer = parentElement.querySelector("span")
  const began = performance.now()
  clearInterval(parentElement.kokpitTimer)
  const show = () => {
    if (data.elapsed === null) { timer.textContent = ""; return }
    const passed = clock(data.elapsed + (performance.now() - began) / 1000)
    timer.textContent = data.minutes ? `${passed} / ${data.minutes}:00` : passed
  }
  show()
  parentElement.kokpitTimer = setInterval(show, 1000)
  parentElement.kokpitKeys = data.keys
  if (!parentElement.kokpitStop) {
    const waiting = new WeakMap()
    const press = (event) => pressed(event, parentElement.kokpitKeys)
    const type = (event) => typed(event, waiting)
    document.addEventListener("keydown", press)
    document.addEventListener("input", type)
    parentElement.kokpitStop = () => {
      clearInterval(parentElement.kokpitTimer)
      document.removeEventListener("keydown", press)
      document.removeEventListener("input", type)
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


def conduct(elapsed: float | None = None, minutes: int = 0, *, keys: bool = False) -> None:
    """Save words while they are typed; with *keys* press buttons by keys; show the time an item has taken so far."""
    data = {"elapsed": elapsed, "minutes": minutes, "keys": KEYS if keys else {}}
    with st.container(key="kk_timer"):
        _mount(key="conduct", data=data)
