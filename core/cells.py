"""What stands in the cells of tables on their way out: harmless texts, numbers without the noise of sums."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = 15
"""As many as a spreadsheet keeps, and a sum of decimals gets right."""
NOISE: Final = 3
"""Signs by which a number is shorter when only its last digits were noise."""
_RUNS: Final = re.compile(r"'*[=+\-@\t\r]")


def harmless(text: str) -> str:
    """*text* with an apostrophe before what a spreadsheet would run; loading such a file takes it away again.

    A text that starts with apostrophes and then such a sign gets one more, so that it too comes back unchanged.
    """
    return f"'{text}" if _RUNS.match(text) else text


def clean(number: float) -> float:
    """*number* as it was meant: 0.3 where adding gave 0.30000000000000004, and no sign before zero.

    What needs all its digits, such as a third, keeps them.
    """
    meant = float(f"{number:.{DIGITS}g}")
    is_noise = len(repr(meant)) + NOISE <= len(repr(number))
    return (meant if is_noise else number) + 0.0
