"""In whose words things are told: the reader's language, and the names that their plan gives to processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language import use_language
from metrics.names import use_processes
from ui.department import called

if TYPE_CHECKING:
    from ui.screen import Screen


def speak(screen: Screen) -> None:
    """Tell everything in the words of whoever reads *screen*, from here on in this run.

    A part of a page that is drawn anew alone runs by itself: without this it would speak English, and what it caches
    would stand on the reader's pages in English from then on.
    """
    use_language(screen.language)
    use_processes(called(screen) if screen.shown.generation else {})
