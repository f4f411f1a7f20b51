"""Errors say what is wrong and what to do; near names are suggested."""

from __future__ import annotations

import inspect

from core import errors
from core.errors import AmbiguousFileError, FileError, KokpitError, UsageError, suggestion


def test_an_error_reads_as_one_paragraph() -> None:
    assert str(UsageError("There is no KPI 'x'.", "Did you mean y?")) == "There is no KPI 'x'. Did you mean y?"
    assert str(UsageError("There is no KPI 'x'.")) == "There is no KPI 'x'."


def test_an_error_as_the_command_line_writes_it() -> None:
    found = FileError("report.csv is empty.", "Export it again.").as_dict()
    assert found == {"kind": "file", "message": "report.csv is empty.", "next_step": "Export it again."}


def test_every_kind_is_told_apart() -> None:
    family = [c for c in vars(errors).values() if inspect.isclass(c) and issubclass(c, KokpitError)]
    assert len(family) == 10
    assert len({error.kind for error in family}) == len(family)
    assert issubclass(AmbiguousFileError, FileError)


def test_near_names_are_suggested() -> None:
    assert suggestion("spnd", ["spend", "clicks"]) == "Did you mean spend?"
    assert suggestion("plattform", ["platform", "account"]) == "Did you mean platform?"


def test_without_a_near_name_all_are_listed_in_order() -> None:
    assert suggestion("zzz", ["spend", "clicks"]) == "Known: clicks, spend."
