"""What the documents say is so: commands exist, and every command and setting is described."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from commands.options import app
from connectors.exports.formats import formats
from connectors.registry import KINDS
from core.config import REFRESH_KEYS, REPORTING_KEYS, Configuration
from tests.structure.sources import ROOT, own_files, relative

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS: Final = tuple(path for path in own_files("*.md") if path.relative_to(ROOT).parts[0] != "tests")
FIELDS: Final = {field.name.removeprefix("refresh_") for field in dataclasses.fields(Configuration)}
SETTINGS: Final = sorted(REPORTING_KEYS | REFRESH_KEYS | FIELDS)
FENCED: Final = re.compile(r"^```[a-z]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
MADE: Final = re.compile(r"\bmake ([a-z][a-z-]*)")
ASKED: Final = re.compile(r"python3? cli\.py ([a-z][a-z-]*)([^`\n|#]*)")
OPTION: Final = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@cache
def commands() -> dict[str, TyperCommand]:
    """The command line's own commands."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return {name: command for name, command in group.commands.items() if isinstance(command, TyperCommand)}


def text(path: Path) -> str:
    """What *path* says."""
    return path.read_text(encoding="utf-8")


def everything() -> str:
    """All documents in one."""
    return "\n".join(text(path) for path in own_files("*.md") if relative(path).startswith("docs/"))


def test_there_are_commands() -> None:
    assert {"demo", "load", "kpi", "export", "rollback", "doctor"} <= set(commands())


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", text(ROOT / "Makefile"), re.MULTILINE))
    named = {(relative(path), target) for path in DOCUMENTS for target in MADE.findall(_code(text(path)))}
    assert {name for name in named if name[1] not in targets} == set()
    assert {"run", "test"} <= {target for _, target in named}


def test_every_command_named_exists() -> None:
    named = {(relative(path), name) for path in DOCUMENTS for name, _ in ASKED.findall(text(path))}
    assert {name for name in named if name[1] not in commands()} == set()


def test_every_option_named_exists() -> None:
    wrong = [
        f"{relative(path)}: {name} {option}"
        for path in DOCUMENTS
        for name, rest in ASKED.findall(text(path))
        for option in OPTION.findall(rest)
        if option not in _options(name)
    ]
    assert wrong == []


def test_every_command_is_described() -> None:
    described = {name for name, _ in ASKED.findall(text(ROOT / "docs" / "command-line.md"))}
    assert set(commands()) - described == set()


def test_every_option_is_described() -> None:
    described = text(ROOT / "docs" / "command-line.md")
    missing = {f"{name} {option}" for name in commands() for option in _options(name) if f"`{option}" not in described}
    assert {option for option in missing if not option.endswith(" --help")} == set()


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_described(setting: str) -> None:
    described = everything()
    assert f"`{setting}`" in described or f"[[{setting.removesuffix('s')}]]" in described


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_source_is_described(kind: str) -> None:
    assert f"`{kind}`" in everything()


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_is_described(name: str) -> None:
    assert f"`{name}`" in text(ROOT / "docs" / "exports.md")


def test_every_link_leads_somewhere() -> None:
    lost = [
        f"{relative(path)}: {target}"
        for path in DOCUMENTS
        for target in LINK.findall(text(path))
        if not target.startswith(("http://", "https://", "mailto:")) and not (path.parent / target).exists()
    ]
    assert lost == []


def _code(document: str) -> str:
    """The fenced blocks and `code` of *document*."""
    return "\n".join((*FENCED.findall(document), *re.findall(r"`([^`\n]+)`", document)))


def _options(name: str) -> set[str]:
    """The long options that the command *name* takes."""
    if name not in commands():
        return set()
    return {option for parameter in commands()[name].params for option in parameter.opts if option.startswith("--")}
