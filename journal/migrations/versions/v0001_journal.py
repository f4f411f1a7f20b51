"""The first journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

revision: Final = "0001"
down_revision: Final = None

WORD: Final = sa.String(20)
MOMENT: Final = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _entries()
    _meetings()
    _words()
    _promises()
    _records()


def _column(name: str, kind: TypeEngine[Any], *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=empty)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [_column(name, sa.Text()) for name in names]


def _done(name: str) -> list[sa.Column[Any]]:
    return [_column(f"{name}_at", MOMENT, empty=True), _column(f"{name}_by", sa.Text(), empty=True)]


def _numbered(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *columns, sqlite_autoincrement=True)


def _of_entries(name: str, *columns: sa.Column[Any]) -> None:
    entry = sa.Column("id", sa.Integer(), sa.ForeignKey("entries.id"), primary_key=True)
    op.create_table(name, entry, *columns)


def _entries() -> None:
    _numbered(
        "entries",
        *_texts("type", "created_by", "changed_by", "process", "kpi", "dimension", "dimension_value", "folded"),
        _column("created_at", MOMENT),
        _column("changed_at", MOMENT),
        _column("version", sa.Integer()),
        *_done("removed"),
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("entries.id")),
        sa.Column("about_id", sa.Integer(), sa.ForeignKey("entries.id")),
        _column("period_start", sa.Date(), empty=True),
        _column("period_end", sa.Date(), empty=True),
        _column("worth_keeping", sa.Boolean()),
    )
    op.create_index("entries_by_review", "entries", ["review_id", "type"])
    op.create_index("entries_by_kpi", "entries", ["kpi", "type"])
    op.create_index("entries_by_about", "entries", ["about_id"])


def _meetings() -> None:
    _of_entries(
        "reviews",
        *_texts("title", "chair", "snapshot", "step"),
        _column("rhythm", WORD),
        _column("state", WORD),
        _column("planned_for", MOMENT),
        *_done("opened"),
        *_done("closed"),
        *_done("step"),
        _column("closings", sa.Integer()),
        _column("participants", sa.JSON()),
        _column("open_actions", sa.JSON()),
    )
    _of_entries(
        "agenda_items",
        _column("position", sa.Integer()),
        _column("minutes", sa.Integer()),
        *_texts("title"),
    )
    _of_entries(
        "exceptions",
        _column("kind", WORD),
        _column("details", sa.JSON()),
        _column("outcome", WORD, empty=True),
        *_texts("outcome_text"),
        *_done("answered"),
    )


def _words() -> None:
    _of_entries("notes", _column("kind", WORD), *_texts("text"))
    _of_entries("recommendations", *_texts("text"))
    _of_entries(
        "decisions",
        *_texts("text", "moves"),
        _column("direction", WORD, empty=True),
        _column("effective_from", sa.Date(), empty=True),
    )
    _numbered(
        "drafts",
        *_texts("person", "place_hash", "place", "text"),
        _column("saved_at", MOMENT),
        sa.UniqueConstraint("person", "place_hash", name="one_draft_each"),
    )


def _promises() -> None:
    _of_entries(
        "actions",
        *_texts("text", "owner", "task_id", "done_note"),
        _column("due", sa.Date(), empty=True),
        _column("state", WORD),
        *_done("done"),
    )
    op.create_index("actions_by_state", "actions", ["state", "due"])
    _of_entries(
        "events",
        *_texts("name", "text"),
        _column("kind", WORD),
        _column("starts_on", sa.Date()),
        _column("ends_on", sa.Date()),
        *(_column(name, sa.JSON()) for name in ("kpis", "processes", "parts")),
    )
    op.create_index("events_by_day", "events", ["starts_on", "ends_on"])


def _records() -> None:
    _of_entries(
        "baselines",
        _column("starts_on", sa.Date()),
        *_texts("reason", "undone_reason"),
        _column("answers", sa.JSON()),
        *_done("undone"),
    )
    _numbered(
        "frozen_values",
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=False),
        _column("closing", sa.Integer()),
        _column("frozen_at", MOMENT),
        *_texts("kpi", "dimension", "dimension_value"),
        _column("shown", sa.JSON()),
    )
    op.create_index("frozen_by_review", "frozen_values", ["review_id", "closing"])
    _numbered(
        "revisions",
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=False),
        _column("version", sa.Integer()),
        _column("act", WORD),
        _column("at", MOMENT),
        *_texts("by"),
        _column("words", sa.JSON()),
        *_done("settled"),
    )
    op.create_index("revisions_by_entry", "revisions", ["entry_id", "version"])
