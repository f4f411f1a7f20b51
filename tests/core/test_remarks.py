"""A kept sentence is said again in the language of whoever reads it."""

from __future__ import annotations

import copy
import json
from decimal import Decimal

from core.language import use_language
from core.remarks import _, as_data, from_data, joined, ngettext, renamed, said_again, written


def test_a_sentence_is_a_text_in_the_language_in_use() -> None:
    use_language("pl")
    text = ngettext("{n} row is in.", "{n} rows are in.", 5).format(n=5)
    assert text == "Wczytano 5\xa0wierszy."
    assert copy.deepcopy(text) == text


def test_it_is_said_again_in_another_language_with_the_form_that_fits() -> None:
    use_language("pl")
    kept = written([ngettext("{n} row is in.", "{n} rows are in.", 22).format(n=22), _("Source"), "as it is {n}"])
    use_language("en")
    assert said_again(kept) == ["22 rows are in.", "Source", "as it is {n}"]
    use_language("ru")
    assert said_again(kept)[1:] == ["Источник", "as it is {n}"]


def test_sentences_inside_a_sentence_are_said_again_too() -> None:
    use_language("ru")
    reasons = [_("{reason} ({n})").format(reason=_(reason), n=n) for n, reason in enumerate(("not a day", "negative"))]
    told = ngettext("{n} row was kept out: {reasons}.", "{n} rows were kept out: {reasons}.", 2)
    kept = written([told.format(n=2, reasons=reasons)])
    use_language("en")
    assert said_again(kept) == ["2 rows were kept out: not a day (0), negative (1)."]


def test_marks_of_a_format_in_a_value_are_kept() -> None:
    kept = written([_("Its columns are {n}").format(n="{not} a mark")])
    assert said_again(kept) == ["Its columns are {not} a mark"]


def test_sentences_one_after_the_other_are_said_again_one_by_one() -> None:
    use_language("ru")
    both = joined([_("Source"), "", "{as it is}"], ": ")
    kept = written([both])
    assert both == "Источник: {as it is}"
    use_language("en")
    assert said_again(kept) == ["Source: {as it is}"]


def test_they_are_kept_wherever_they_stand() -> None:
    use_language("pl")
    kept = as_data({"rows": 3, "day": None, "said": ({"why": _("Source")},)})
    use_language("en")
    assert from_data(kept) == {"rows": 3, "day": None, "said": [{"why": "Source"}]}


def test_a_renamed_remark_is_still_said_in_any_language() -> None:
    use_language("ru")
    kept = written([renamed(_("{file} is an archive inside an archive.").format(file="copy1"), "copy1", "a.zip")])
    use_language("en")
    assert said_again(kept) == ["a.zip is an archive inside an archive."]
    assert renamed("copy1 as it is", "copy1", "a.zip") == "a.zip as it is"


def test_numbers_are_written_as_the_language_in_use_writes_them() -> None:
    use_language("en")
    text = "The file declares {declared} for {column}, its rows sum to {summed}."
    kept = written([_(text).format(declared=1234.5, column="cost", summed=Decimal("-0.07"))])
    assert said_again(kept) == ["The file declares 1,234.5 for cost, its rows sum to −0.07."]
    use_language("pl")
    (told,) = said_again(kept)
    assert "1234,5" in told.replace("\xa0", "")
    assert "−0,07" in told


def test_thousands_of_a_count_are_set_apart_but_not_those_of_a_line() -> None:
    use_language("en")
    text = ngettext(
        "{n} row is in, the last one in line {line}.", "{n} rows are in, the last one in line {line}.", 1725
    )
    kept = written([text.format(n=1725, line=1726)])
    assert said_again(kept) == ["1,725 rows are in, the last one in line 1726."]
    assert json.loads(kept)[0]["values"] == {"n": 1725, "line": 1726}
    use_language("pl")
    assert said_again(written([_("{n} rows").format(n=12345)])) == ["12\xa0345 rows"]
