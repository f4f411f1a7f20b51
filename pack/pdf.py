"""A document as a PDF, set by typst. The template is ours; everything else goes in as data, never as markup."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

from core.language import _
from pack.document import as_data

if TYPE_CHECKING:
    from pack.document import Document

TEMPLATE: Final = (Path(__file__).parent / "pack.typ").read_bytes()
_LONG: Final = re.compile(r"(\S{40})(?=\S{20})")
_UNSEEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


def pdf(document: Document) -> bytes:
    """The whole file."""
    made: bytes = typst.compile(TEMPLATE, sys_inputs={"document": printable(document)})
    return made


def printable(document: Document) -> str:
    """*document* as the template reads it: JSON."""
    return json.dumps(_printable(as_data(document) | {"page": _("{page} of {pages}")}))


def _printable(data: Any) -> Any:  # noqa: ANN401 - any piece of JSON
    """*data* without signs that no font has, and words without end where a line may be broken."""
    if isinstance(data, str):
        return data if data.startswith("<svg ") else _LONG.sub("\\1\N{ZERO WIDTH SPACE}", data.translate(_UNSEEN))
    if isinstance(data, list):
        return [_printable(each) for each in data]
    return {name: _printable(each) for name, each in data.items()} if isinstance(data, dict) else data
