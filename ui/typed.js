// A field commits when it is left; a pause in typing commits it as Ctrl+Enter does. Until the journal has the words
// they also lie in the browser's own store: a page, a server or a connection may end at any letter. A record is dropped
// when the signature of what is safe is that of its text; a field that appears without its words gets them back.
// A field that a key opens is not there yet when the next letter is typed, and a field that is drawn anew loses the
// focus: a field of the browser's own (the catcher) takes those letters and hands them over. Words whose field stays
// away (its review was closed, the page was loaded anew) are told to the server, which keeps them as drafts.
const PAUSE = 350
const LONGEST = 3000
const LOOK = 150
const LATE = 1500
const AGAIN = 5000
const GIVE_UP = 2000
const UNHEARD = 35
const NEAR = 8
const STRAY = 1500
const EARLY = 60000
const ENTRY = ".st-key-kk_entry_form textarea"
const ANSWER = ".st-key-kk_answer textarea"
const ENDS = '.st-key-kk_answer [role="radio"]'
const KINDS = ["note", "recommendation", "decision", "action", "event"]
const BUTTONS = KINDS.map((kind) => `.st-key-kk_entry_${kind} button`)
const OPENS = [ENDS, ...BUTTONS].join(", ")
const correcting = (entry) => {
  const forms = [`kk_correct_${entry}_`, `kk_action_${entry}_`]
  return forms.map((form) => `.st-key-kk_foot [class*="st-key-${form}"] textarea`).join(", ")
}

const waiting = new WeakMap()
const begun = new WeakMap()
const called = new WeakMap()
const tried = new Map()
const touched = new WeakSet()
const blankSince = new WeakMap()
let last = null
let focused = null
let leftField = null
let leftAt = 0
let shut = null
let resuming = null
let opened = null
let pressedAt = null
let catcher = null
let safe = {}
let reader = ""
let tell = () => {}
let calmSince = null

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1
  return byte
})
const signature = (text) => {
  const bytes = new TextEncoder().encode(text)
  let sum = -1
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8)
  return `${bytes.length}-${(sum ^ -1) >>> 0}`
}

// Where the store is full or forbidden, words lie in the name of the tab, which outlives the page but not the tab.
const stored = (act) => { try { return act(window.localStorage) } catch { return null } }
const inTab = () => { try { return JSON.parse(window.name).kokpit ?? {} } catch { return {} } }
const nameTab = (kept) => { window.name = Object.keys(kept).length ? JSON.stringify({ kokpit: kept }) : "" }
const STORE = "kokpit:typed:"
const keys = () => {
  const held = stored((store) => Object.keys(store).filter((name) => name.startsWith(STORE))) ?? []
  return new Set([...held.map((name) => name.slice(STORE.length)), ...Object.keys(inTab())])
}
const read = (key) => stored((store) => JSON.parse(store.getItem(STORE + key))) ?? inTab()[key] ?? null
const write = (key, record) => {
  const held = stored((store) => { store.setItem(STORE + key, JSON.stringify(record)); return true })
  const { [key]: former, ...others } = inTab()
  if (!held) nameTab({ ...others, [key]: record })
  else if (former) nameTab(others)
}
// What was typed before there is a field for it belongs to no field yet, but to whoever reads, and where.
const early = () => `early:${reader}`
const where = () => location.pathname + location.search
const drop = (key) => {
  stored((store) => store.removeItem(STORE + key))
  const { [key]: former, ...others } = inTab()
  if (former) nameTab(others)
}

const app = () => document.querySelector('[data-testid="stApp"]')?.dataset ?? {}
const calm = () => app().testScriptState === "notRunning" && app().testConnectionState === "CONNECTED"
const box = (element) => element.closest?.('[class*="st-key-kk_typed_"]')
const markOf = (field) => box(field)?.querySelector("[data-typed]")
const fieldOf = (mark) => box(mark)?.querySelector("textarea, input")
const fieldCalled = (key) => {
  const mark = [...document.querySelectorAll("[data-typed]")].find((each) => each.dataset.typed === key)
  return mark && fieldOf(mark)
}

const put = (field, text) => {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
const commit = (field) => {
  begun.delete(field)
  const press = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true }
  field.dispatchEvent(new KeyboardEvent("keydown", press))
}
const commitAgain = (field) => {
  const text = field.value
  put(field, text + " ")
  commit(field)
  put(field, text)
  commit(field)
}

const merged = (record, mark, here) => {
  const text = record.text
  const isOlder = record.base === mark.dataset.kept && signature(here) === mark.dataset.kept
  if (isOlder || signature(text) === mark.dataset.kept || text.includes(here)) return text
  return here.includes(text) ? here : `${here}\n${text}`
}
const recover = (field, mark, record) => {
  if (record && record.text !== field.value) put(field, merged(record, mark, field.value))
}
const keep = (field, mark) => {
  const key = mark.dataset.typed
  write(key, { text: field.value, base: mark.dataset.kept, name: mark.dataset.name, at: Date.now(), of: reader })
  last = { field, key, at: Date.now() }
  touched.add(field)
  if (!begun.has(field)) begun.set(field, Date.now())
  const longest = Math.max(0, begun.get(field) + LONGEST - Date.now())
  clearTimeout(waiting.get(field))
  waiting.set(field, setTimeout(commit, Math.min(PAUSE, longest), field))
}
const unsafe = (mark) => {
  const key = mark.dataset.typed
  const record = read(key)
  if (!record) return null
  const sum = signature(record.text)
  // What a new session puts in the field's place may come after the words: the server has these, but nobody sees them.
  const isShown = fieldOf(mark)?.value === record.text
  if (safe[key] !== sum && (mark.dataset.kept !== sum || !isShown)) return record
  drop(key)
  return null
}
const about = ({ target }, act) => {
  const mark = markOf(target)
  if (mark) act(target, mark)
}

const look = () => {
  for (const mark of document.querySelectorAll("[data-typed]")) {
    const field = fieldOf(mark)
    const key = mark.dataset.typed
    // What is typed on behind a field that was gone is put in as soon as it is back for good.
    const record = field && catcher?.vanished?.key !== key && unsafe(mark)
    if (record && calm()) {
      if (record.text !== field.value) recover(field, mark, record)
      else if (record.base !== mark.dataset.kept) write(key, { ...record, base: mark.dataset.kept })
      if (Date.now() - Math.max(record.at, tried.get(key) ?? 0) > AGAIN) {
        tried.set(key, Date.now())
        commitAgain(field)
      }
    }
    mark.classList.toggle("kk-waiting", Boolean(record) && Date.now() - record.at > LATE)
    if (field && !record) askAgain(field, mark)
  }
  const left = catcher ? null : read(early())
  const age = left && left.where === where() ? Date.now() - left.at : 0
  const entry = age > 1000 && age < EARLY && calm() && document.querySelector(ENTRY)
  if (entry && markOf(entry)) hand(entry, left.text)
  calmSince = calm() && !catcher ? calmSince ?? Date.now() : null
  // A page that was drawn just now may not have put its fields in place yet.
  if (calmSince && Date.now() - calmSince > STRAY) tellStrays()
}
// Whoever types in a field before it shows the words that it has would put an end to them: letters wait until it does.
const isBlank = (field, mark) => !field.value && !touched.has(field) && mark.dataset.kept !== signature("")
const divert = (event, mark) => {
  event.preventDefault()
  catchLetters(() => fieldCalled(mark.dataset.typed))
  catcher.element.value += event.data ?? event.dataTransfer?.getData("text/plain") ?? ""
  catcher.element.dispatchEvent(new Event("input"))
}
// Streamlit sends a field its words once: where the page is drawn again before it has taken them, they are lost.
const askAgain = (field, mark) => {
  const { typed: key, kept, name } = mark.dataset
  const differs = calm() && !touched.has(field) && signature(field.value) !== kept
  if (!differs) blankSince.delete(field)
  else if (!blankSince.has(field)) blankSince.set(field, Date.now())
  else if (Date.now() - blankSince.get(field) > 1000) {
    blankSince.set(field, Date.now() + AGAIN)
    tell([{ key, name, blank: true }])
  }
}
const isStray = (key) => {
  const record = read(key)
  if (!record || record.of !== reader || Date.now() - (tried.get(key) ?? 0) < AGAIN) return false
  const age = Date.now() - record.at
  return key === early() ? age > EARLY : age > STRAY && Boolean(record.name) && !fieldCalled(key)
}
const tellStrays = () => {
  const strays = [...keys()].filter(isStray)
  for (const key of strays) tried.set(key, Date.now())
  if (strays.length) tell(strays.map((key) => ({ ...read(key), key })))
}

const hand = (field, text, joint = "\n", at = field.value.length) => {
  const before = field.value.slice(0, at)
  const after = field.value.slice(at)
  const isNew = before && !/\s$/.test(before) && field.value !== text
  if (text) put(field, before + (isNew ? joint : "") + text + after)
  drop(early())
  return field.value.length - after.length
}
// What is typed on after a field is gone belongs where that was, and to no other field.
const goOn = ({ vanished, element }) => {
  const { key, text, caret, ...others } = vanished
  const whole = text.slice(0, caret) + element.value + text.slice(caret)
  write(key, { ...others, text: whole, at: Date.now(), of: reader })
  return caret + element.value.length
}
const letGo = () => {
  const gone = catcher
  catcher = null
  gone?.element.remove()
}
// A button may be pressed in vain while what was typed elsewhere is on its way. Heard twice, it does the same.
const pressAgain = () => {
  catcher.quiet = 0
  catcher.tries += 1
  document.querySelector(`${catcher.button}[kind="tertiary"]:not([disabled])`)?.click()
}
const deliver = () => {
  if (!catcher) return
  const field = catcher.find()
  if (!field && calm()) catcher.quiet += 1
  if (catcher.button && catcher.tries < 2 && catcher.quiet > UNHEARD) pressAgain()
  const mark = field && markOf(field)
  const is = mark && !field.disabled && calm() && !isBlank(field, mark)
  catcher.still = is && field === catcher.field ? catcher.still + 1 : 0
  catcher.field = field
  const chosen = document.activeElement === field
  const isOver = catcher.vanished && !field && calm() && Date.now() - catcher.at > GIVE_UP
  if (isOver && !catcher.composing) letGo()
  if (!is || catcher.composing || (catcher.still < 3 && !chosen)) return
  const { element, vanished, joint } = catcher
  const end = vanished && element.value ? goOn(catcher) : vanished?.caret
  const record = unsafe(markOf(field))
  if (record && field.value === vanished?.text) put(field, record.text)
  else recover(field, markOf(field), record)
  const mine = document.activeElement === element
  if (mine) field.focus()
  const caret = vanished ? end : hand(field, element.value, joint)
  if (mine) field.setSelectionRange(caret, caret)
  letGo()
}
const catchLetters = (find, joint, { vanished = null, button = "" } = {}) => {
  letGo()
  const element = document.createElement("textarea")
  element.className = "kk-catcher"
  element.value = vanished ? "" : read(early())?.text ?? ""
  document.body.append(element)
  const counts = { at: Date.now(), quiet: 0, tries: 0, still: 0 }
  catcher = { element, find, joint, button, vanished, ...counts, field: null, composing: false }
  const mine = catcher
  element.addEventListener("input", () => {
    mine.at = Date.now()
    if (vanished) goOn(mine)
    else write(early(), { text: element.value, at: mine.at, of: reader, where: where() })
  })
  element.addEventListener("compositionstart", () => { mine.composing = true })
  element.addEventListener("compositionend", () => { mine.composing = false })
  element.addEventListener("keydown", (event) => { if (event.key === "Escape") letGo() })
  element.addEventListener("blur", () => { if (!element.value) letGo() })
  element.focus()
}

// Without a connection Streamlit shuts all fields and lays a dialog over the page: whoever goes on typing is told below
// the field instead, and types on.
const reopen = (field) => {
  const { selectionStart, selectionEnd } = field
  field.disabled = false
  // A field of one line has lost the focus by then.
  const wasShut = field === shut && document.activeElement === document.body
  if (field !== document.activeElement && !wasShut) return
  field.blur()
  field.focus()
  field.setSelectionRange(selectionStart, selectionEnd)
}
const undisturbed = (field) => {
  const close = document.querySelector('[role="dialog"] button[aria-label="Close"]')
  if (!close || app().testConnectionState === "CONNECTED") return
  close.click()
  resuming = field
  for (const wait of [0, 50, 200, 500]) setTimeout(() => { if (document.activeElement !== field) field.focus() }, wait)
  setTimeout(() => { resuming = null }, 600)
}
const insertedMeanwhile = (event) => {
  const isText = event.key.length === 1 && !event.metaKey && event.ctrlKey === event.altKey
  if (!resuming || document.activeElement === resuming || !isText) return
  event.preventDefault()
  event.stopPropagation()
  resuming.setRangeText(event.key, resuming.selectionStart, resuming.selectionEnd, "end")
  resuming.dispatchEvent(new Event("input", { bubbles: true }))
}
// Its letters go on in the field itself once that is back.
const ifVanished = (field) => {
  if (field.isConnected) return
  if (focused === field) focused = null
  const { key, base, name } = called.get(field)
  const vanished = { key, base, name, text: field.value, caret: field.selectionEnd }
  if (document.activeElement === document.body) catchLetters(() => fieldCalled(key), "", { vanished })
}
const changed = (changes) => {
  for (const { type, target } of changes) {
    if (type === "attributes" && target.disabled && markOf(target)) reopen(target)
  }
  const left = Date.now() - leftAt < 1000 ? leftField : null
  if (focused ?? left) undisturbed(focused ?? left)
  if (focused) ifVanished(focused)
}

// What is open already is another kind's field until the button says that its own one is.
const catchEntry = (button) => {
  const find = () => document.querySelector(`${button}[kind="secondary"]`) && document.querySelector(ENTRY)
  catchLetters(find, undefined, { button })
}
const openedByHand = (isUnheard) => {
  const element = opened
  const button = BUTTONS.find((each) => element.matches(each))
  opened = null
  if (isUnheard) (element.isConnected ? element : document.querySelector(button))?.click()
  setTimeout(() => button ? catchEntry(button) : catchLetters(() => document.querySelector(ANSWER)), 0)
}

const start = () => {
  document.addEventListener("keydown", insertedMeanwhile, true)
  document.addEventListener("beforeinput", (event) => {
    about(event, (field, mark) => {
      const record = unsafe(mark)
      if (!record && event.cancelable && isBlank(field, mark)) divert(event, mark)
      else recover(field, mark, record)
    })
  })
  document.addEventListener("input", (event) => about(event, keep))
  // Whoever leaves the page leaves what was typed last.
  window.addEventListener("pagehide", () => { if (last?.field.isConnected) commit(last.field) })
  document.addEventListener("focusin", ({ target }) => {
    const { typed: key, kept: base, name } = markOf(target)?.dataset ?? {}
    focused = key ? target : null
    if (key) called.set(target, { key, base, name })
  })
  document.addEventListener("focusout", ({ target }) => {
    if (target !== focused) return
    leftField = focused
    leftAt = Date.now()
    shut = target.disabled ? target : null
    focused = null
    // A field that is taken away is left too, a moment before it is gone.
    queueMicrotask(() => ifVanished(target))
  })
  document.addEventListener("kokpit:entry", ({ detail }) => catchEntry(`.st-key-${detail} button`))
  document.addEventListener("kokpit:answer", () => catchLetters(() => document.querySelector(ANSWER)))
  document.addEventListener("pointerdown", ({ target, clientX, clientY }) => {
    opened = target.closest?.(OPENS)
    pressedAt = [clientX, clientY]
    if (opened?.matches('[aria-checked="true"]')) opened = null
  }, true)
  // Where a button moved from under the pointer there is no click.
  document.addEventListener("pointerup", ({ clientX, clientY }) => {
    const mine = opened
    const isNear = Math.hypot(clientX - pressedAt?.[0], clientY - pressedAt?.[1]) < NEAR
    if (mine && isNear) setTimeout(() => { if (opened === mine) openedByHand(true) }, 300)
  }, true)
  // A choice keeps what it hears from those above it, and takes the focus itself.
  document.addEventListener("click", ({ target, isTrusted }) => {
    const entry = target.closest?.("a.kk-pencil")?.search.match(/[?&]entry=(\d+)/)?.[1]
    if (entry) catchLetters(() => document.querySelector(correcting(entry)), "")
    if (isTrusted && opened?.contains(target)) openedByHand(false)
  }, true)
  const options = { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] }
  new MutationObserver(changed).observe(document.body, options)
  setInterval(look, LOOK)
  setInterval(deliver, 40)
}

let started = false
export default function ({ data, setTriggerValue }) {
  safe = data.safe
  tell = (strays) => setTriggerValue("strays", strays)
  if (reader !== data.reader) letGo()
  reader = data.reader
  for (const [key, sum] of Object.entries(safe)) {
    const record = read(key)
    if (record && signature(record.text) === sum) drop(key)
  }
  if (!started) start()
  started = true
}
