"""The command `map`: what a file that no format knows may be, how it would be read, and keeping the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from connectors.exports.guess import guess, guess_as, missing
from connectors.exports.home_formats import keep
from connectors.exports.load import Options, load_files
from connectors.exports.mapping import Mapping, check, default_title, name_of
from connectors.exports.preview import preview
from connectors.exports.results import FAILED, REFUSED
from connectors.exports.unknown import samples_of
from connectors.exports.vocabulary import column_label, columns_of, mappable
from core.config import read_configuration
from core.errors import FileError, UsageError, suggestion
from core.language import _, ngettext
from terminal import complain, print_json, print_table, say
from warehouse.datasets.titles import table_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from connectors.exports.guess import Guess
    from connectors.exports.preview import Preview
    from connectors.exports.results import FileResult
    from connectors.exports.unknown import Sample
    from core.config import Home

ALTERNATIVES: Final = 3


@dataclass(frozen=True)
class Asked:
    """What the command was told: a *dataset*, headers of columns, values for all rows, a *title*; to keep it or not."""

    dataset: str | None = None
    columns: Sequence[str] = ()
    constants: Sequence[str] = ()
    title: str | None = None
    locale: str | None = None
    save: bool = False
    replace: bool = False


def run(home: Home, file: Path, asked: Asked, *, as_json: bool) -> bool:
    """Answer the command; whether everything asked for is done. Raises KokpitError."""
    sample, found = _guessed(file, asked.dataset)
    mapping = _corrected(Mapping.of(found[0], asked.title or default_title(sample.name)), asked)
    try:
        _check(mapping, sample.headers)
    except UsageError:
        if not as_json and {*mapping.columns, *mapping.constants} <= {c.name for c in columns_of(mapping.dataset)}:
            _show_guess(file, sample, mapping, found)
        raise
    options = Options(locale=asked.locale)
    seen = preview(file, mapping.as_format(), options, read_configuration(home))
    loaded: FileResult | None = None
    refused = seen.result.status in (REFUSED, FAILED)
    if asked.save and not refused:
        keep(home, mapping, replace=asked.replace)
        results = load_files(home, [file], replace(options, format=mapping.name))
        loaded = next((result for result in results if result.status not in (REFUSED, FAILED)), results[0])
    if as_json:
        print_json(as_dict(mapping, found, seen, loaded))
    else:
        _show_guess(file, sample, mapping, found)
        _show(seen)
        _tell_outcome(mapping, seen, loaded)
    last = loaded or seen.result
    return last.status not in (REFUSED, FAILED)


def _guessed(file: Path, dataset: str | None) -> tuple[Sample, list[Guess]]:
    """The table of *file* that is guessed best, and what it may be. Raises FileError, UsageError."""
    names = [each.name for each in mappable()]
    if dataset is not None and dataset not in names:
        raise UsageError(_("There is no dataset {name}.").format(name=dataset), suggestion(dataset, names))
    if not file.is_file():
        raise UsageError(_("There is no file {file}.").format(file=file), _("Check the path and its spelling."))
    samples = samples_of(file)
    guesses = [(sample, [guess_as(sample, dataset)] if dataset else guess(sample)) for sample in samples]
    sample, found = max(guesses, key=lambda pair: pair[1][0].confidence if pair[1] else -1.0)
    if not found:
        message = _("{file}: none of its columns has a name that Kokpit knows: {headers}.")
        headers = ", ".join(sample.headers)
        raise FileError(
            message.format(file=file, headers=headers),
            _("Say what it is with --dataset, and its columns with --set COLUMN=HEADER."),
        )
    return sample, found


def _corrected(mapping: Mapping, asked: Asked) -> Mapping:
    """*mapping* with what was asked for; a column set to nothing is not in the file."""
    columns, constants = dict(mapping.columns), dict(mapping.constants)
    for column, header in _pairs("--set", asked.columns):
        columns = {name: each for name, each in columns.items() if name != column and each != header}
        constants.pop(column, None)
        if header:
            columns[column] = header
    for column, value in _pairs("--constant", asked.constants):
        columns.pop(column, None)
        constants.pop(column, None)
        if value:
            constants[column] = value
    order = [column.name for column in columns_of(mapping.dataset)]
    known = sorted(columns, key=lambda name: order.index(name) if name in order else len(order))
    return replace(mapping, columns={name: columns[name] for name in known}, constants=constants, locale=asked.locale)


def _check(mapping: Mapping, headers: Sequence[str]) -> None:
    """Raise UsageError where *mapping* cannot be read, with the options that correct it."""
    try:
        check(mapping, headers)
    except UsageError as error:
        if not missing(mapping.dataset, {*mapping.columns, *mapping.constants}):
            raise
        how = _("On the command line: --set COLUMN=HEADER, --constant COLUMN=VALUE, --dataset NAME.")
        raise UsageError(error.message, f"{error.next_step} {how}") from error


def _pairs(option: str, texts: Sequence[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in texts:
        column, mark, value = text.partition("=")
        if not mark or not column.strip():
            message = _("{option} {text} is not COLUMN=VALUE.").format(option=option, text=repr(text))
            raise UsageError(message, _("Write it like {example}.").format(example=f"{option} currency=EUR"))
        pairs.append((column.strip(), value.strip()))
    return pairs


def as_dict(mapping: Mapping, found: list[Guess], seen: Preview, loaded: FileResult | None) -> dict[str, object]:
    """The answer as the command line's ``--json`` writes it."""
    return {
        "mapping": {
            "name": name_of(mapping.title),
            "title": mapping.title,
            "dataset": mapping.dataset,
            "columns": mapping.columns,
            "constants": mapping.constants,
            **({"locale": mapping.locale} if mapping.locale else {}),
        },
        "guesses": [{"dataset": each.dataset, "confidence": each.confidence} for each in found],
        "preview": {
            "columns": list(seen.columns),
            "rows": [[_plain(value) for value in row] for row in seen.rows],
            "rejected": [vars(reject) for reject in seen.rejected],
        },
        "saved": loaded is not None,
        "file": (loaded or seen.result).as_dict(),
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _show_guess(file: Path, sample: Sample, mapping: Mapping, found: list[Guess]) -> None:
    text = _("{file} is read as {label} ({dataset}).")
    label = table_title(mapping.dataset)
    say(text.format(file=file.name, label=label, dataset=mapping.dataset))
    others = ", ".join(f"{each.dataset} {each.confidence:.0%}" for each in found[1 : ALTERNATIVES + 1])
    if others:
        say(_("It may also be: {datasets}. Choose with --dataset.").format(datasets=others))
    rows = [
        (name, column_label(mapping.dataset, name), mapping.columns.get(name) or f"= {mapping.constants[name]}")
        for name in (*mapping.columns, *mapping.constants)
    ]
    lacking = missing(mapping.dataset, {*mapping.columns, *mapping.constants})
    rows += [(name, column_label(mapping.dataset, name), _("not said yet")) for name in lacking]
    print_table((_("column"), _("meaning"), _("in the file")), rows)
    unread = [header for header in sample.headers if header and header not in mapping.columns.values()]
    if unread:
        say(_("Not read: {headers}.").format(headers=", ".join(unread)))


def _show(seen: Preview) -> None:
    if seen.rows:
        say("")
        print_table(seen.columns, [[_plain(value) for value in row] for row in seen.rows])
    for reject in seen.rejected:
        place = _("line {line}").format(line=reject.line)
        complain(f"✕ {place}: {reject.column or ''} {reject.reason}: {reject.raw}")


def _tell_outcome(mapping: Mapping, seen: Preview, loaded: FileResult | None) -> None:
    last = loaded or seen.result
    if last.status in (REFUSED, FAILED):
        complain(f"✕ {last.message} {last.next_step}")
        return
    if loaded:
        text = _("The mapping is kept as {name}: next month's file loads by itself. {message}")
        say(text.format(name=mapping.name, message=loaded.message))
        return
    count = seen.result.rows_loaded
    text = ngettext("{n} row would be loaded, {m} rejected.", "{n} rows would be loaded, {m} rejected.", count)
    say(text.format(n=count, m=seen.result.rows_rejected))
    say(_("Nothing is loaded yet. Correct it: --set COLUMN=HEADER, --constant COLUMN=VALUE; keep and load it: --save."))
