"""Whether what a page writes can be read: contrast as WCAG measures it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Every text that is seen, with a contrast below 4.5 to 1 (3 to 1 where it is large); what is switched off may be faint.
_FAINT: Final = """
() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = colour
    pen.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]))
  const lines = (element) => element ? [element, ...lines(element.parentElement)] : []
  const ground = (element) =>
    lines(element).map((each) => rgba(getComputedStyle(each).backgroundColor))
      .reduceRight((below, top) => over(top, below), [255, 255, 255])
  const light = (colour) => colour.map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)
  const contrast = (element) => {
    const style = getComputedStyle(element)
    const ink = rgba(element.matches("svg text") ? style.fill : style.color)
    ink[3] *= lines(element).reduce((all, each) => all * getComputedStyle(each).opacity, 1)
    const below = ground(element)
    const [less, more] = [light(over(ink, below)), light(below)].sort((a, b) => a - b)
    return (more + 0.05) / (less + 0.05)
  }
  const large = ({ fontSize, fontWeight }) => parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24)
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    && !element.closest(":disabled, [aria-disabled=true], [data-testid=stSkipToContent], [data-testid=stIconMaterial]")
  return [...document.querySelectorAll("[data-testid=stApp] *")].filter(seen)
    .filter((element) => contrast(element) < (large(getComputedStyle(element)) ? 3 : 4.5))
    .map((element) => `${element.textContent.trim().slice(0, 40)}: ${contrast(element).toFixed(2)}`)
}
"""


def faint(page: Page) -> list[str]:
    """The texts of *page* that stand out too little from their ground, each with its contrast."""
    found: list[str] = page.evaluate(_FAINT)
    return found
