"""Colours and sizes of everything Kokpit draws itself."""

from __future__ import annotations

from typing import Final

from core.colours import BLUE, FAINT, GREY, ORANGE, Pair

__all__ = ["BLUE", "CHART_HEIGHT", "FAINT", "GREY", "MIDDLE_GREY", "ORANGE", "TONES", "Pair"]


TONES: Final = {"kk-better": BLUE, "kk-worse": ORANGE, "kk-same": GREY}

CHART_HEIGHT: Final = 300
MIDDLE_GREY: Final = "#8A93A1"
