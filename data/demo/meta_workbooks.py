"""Meta Ads exports by day as workbooks: the Russian account, campaign by campaign, with its totals row on top."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from data.demo.accounts import Kind
from data.demo.files import exports, save
from data.demo.meta_accounts import RUSSIAN_SOCIAL
from data.demo.meta_ads import LEAD_INDICATOR, REACH_INDICATOR, social
from data.demo.simulate import CENT, simulate
from data.demo.text import RUSSIAN_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from data.demo.files import Period
    from data.demo.simulate import Rows
    from data.demo.timeline import Timeline

ACCOUNT: Final = RUSSIAN_SOCIAL
HEADER: Final = (
    "Дата начала отчетности",
    "Окончание отчетности",
    "День",
    "Название аккаунта",
    "Название кампании",
    "Показ кампании",
    "Настройка атрибуции",
    "Результат",
    "Индикатор результата",
    "Охват",
    "Цена за результаты",
    "Потраченная сумма (EUR)",
    "Показы",
    "CPM (цена за 1\u00a0000 показов) (EUR)",
    "Клики по ссылке",
    "shop_clicks",
    "CTR (отношение кликов к показам)",
    "Клики (все)",
)
ATTRIBUTION: Final = "Клик за 7 дн. или просмотр за 1 день"
OVERLAP: Final = 0.4


def _numbers(indicator: str | None, counted: tuple[int, int, int, int, int, int]) -> list[Any]:
    reach, all_clicks, impressions, clicks, cents, results = counted
    cost = cents / CENT
    return [
        results or None,
        indicator,
        reach,
        cost / results if results else None,
        cost,
        impressions,
        cost / impressions * 1000 if impressions else None,
        clicks,
        None,
        clicks / impressions * 100 if impressions else None,
        all_clicks,
    ]


def lines(rows: Rows, period: Period) -> Iterable[list[Any]]:
    """The rows of one workbook below its header: the totals first, then newest day first."""
    measures, extra = rows.measures, social(ACCOUNT, rows)
    reach, all_clicks = int(extra.reach.sum() * OVERLAP), int(extra.all_clicks.sum())
    impressions, clicks, cents, conversions, _ = measures.total()
    total = _numbers(None, (reach, all_clicks, impressions, clicks, cents, conversions // CENT))
    yield [*(day.isoformat() for day in period), None, ACCOUNT.name, None, None, "Несколько настроек атрибуции", *total]
    counted = zip(
        extra.reach.tolist(),
        extra.all_clicks.tolist(),
        measures.impressions.tolist(),
        measures.clicks.tolist(),
        measures.cost.tolist(),
        (measures.conversions // CENT).tolist(),
        strict=True,
    )
    named = zip(rows.day_texts(), rows.lines.tolist(), counted, strict=True)
    for day, line, numbers in reversed(list(named)):
        ad = ACCOUNT.ads[line]
        delivery = "inactive" if ad.ends else "active"
        front = [day, day, day, ACCOUNT.name, ad.campaign, delivery, ATTRIBUTION]
        yield front + _numbers(LEAD_INDICATOR if ad.kind is Kind.LEADS else REACH_INDICATOR, numbers)


def _write(path: Path, rows: Rows, period: Period) -> None:
    # A failure to write a file itself would come as an error of this package's own kind.
    made = BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    workbook.set_properties({"created": period.downloaded.replace(tzinfo=None)})
    sheet = workbook.add_worksheet("Worksheet")
    sheet.write_row(0, 0, HEADER)
    for place, line in enumerate(lines(rows, period), start=1):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(place, column, value)
            elif value is not None:
                sheet.write_number(place, column, value)
    workbook.close()
    save(path, made.getvalue(), period.downloaded)


def write_meta_workbooks(inbox: Path, timeline: Timeline) -> None:
    """Write the Russian account's exports into *inbox*."""
    history = simulate(ACCOUNT, timeline)
    for period in exports(timeline, timeline.first):
        rows = history.rows(timeline.index(period.first), timeline.index(period.last))
        first, last = (f"{day.day}_{RUSSIAN_MONTHS[day.month - 1].rstrip('.')}_{day.year}" for day in period)
        _write(inbox / f"Brightwater_Алматы_Кампании_{first}_г_{last}.xlsx", rows, period)
