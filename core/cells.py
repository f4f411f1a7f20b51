"""Text that a spreadsheet would run as a formula, made harmless on the way out."""

from __future__ import annotations

import re
from typing import Final

_RUNS: Final = re.compile(r"'*[=+\-@\t\r]")


def harmless(text: str) -> str:
    """*text* with an apostrophe before what a spreadsheet would run; loading such a file takes it away again.

    A text that starts with apostrophes and then such a sign gets one more, so that it too comes back unchanged.
    """
    return f"'{text}" if _RUNS.match(text) else text
