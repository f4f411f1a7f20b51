"""How the screen writes values and changes: as everything else that tells them does."""

from metrics.wording import DOWN, LEVEL, UP, as_read, full, moved, short, sign, why_not, word

__all__ = ["DOWN", "LEVEL", "UP", "as_read", "full", "moved", "short", "sign", "why_not", "word"]
