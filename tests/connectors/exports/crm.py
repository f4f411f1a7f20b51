"""Deals of amoCRM, HubSpot, Bitrix24 and Zoho with invented customers; times are those of Warsaw."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from tests.connectors.exports.things import export_of_things, utc
from tests.connectors.exports.writers import UTF8_MARKED, Encoding, Report, Row, Style

PLAIN: Final = Style(null="")
RUSSIAN: Final = "1234,5 · 31.12.2026"

AMOCRM: Final = Report(
    columns=(
        ("ID", "deal_id"),
        ("Название сделки", "=Заявка с сайта"),
        ("Бюджет ", "amount"),
        ("Ответственный", "owner"),
        ("Дата создания сделки", "_created"),
        ("Кем создана сделка", "=Робот"),
        ("Дата редактирования", "=01.07.2026 10:00:00"),
        ("Кем редактирована", "=Робот"),
        ("Дата закрытия", "_closed"),
        ("Теги", "=вебинар"),
        ("Примечание", "=Перезвонить,\nпросил скидку"),
        ("Этап сделки", "stage"),
        ("Воронка", "pipeline"),
        ("Полное имя контакта", "=Пётр Покупатель"),
        ("Рабочий телефон", "='+79000000000"),
        ("Рабочий email", "=buyer@example.com"),
        ("Источник", "=Сайт"),
        ("Источник", "=Звонок"),
        ("roistat", "=1"),
        ("roistat", "=2"),
        ("utm_source", "source"),
        ("utm_campaign", "campaign"),
        ("Причина отказа", "lost_reason"),
    ),
    style=PLAIN,
)
AMOCRM_OLD: Final = Report(AMOCRM.columns, style=PLAIN, encoding=Encoding("cp1251"), delimiter=";")
HUBSPOT: Final = Report(
    columns=(
        ("Record ID", "deal_id"),
        ("Deal Name", "=Example Ltd"),
        ("Deal Stage", "stage"),
        ("Amount", "amount"),
        ("Currency", "currency"),
        ("Deal owner", "_owner"),
        ("Close Date", "_closed"),
        ("Create Date", "_created"),
        ("Pipeline", "pipeline"),
        ("Deal Type", "_kind"),
        ("Is Closed Won", "_won"),
        ("Is closed lost", "_lost"),
        ("Original Traffic Source", "source"),
        ("Associated Company IDs", "_companies"),
        ("Associated Contact IDs", "=77;78"),
    ),
    style=PLAIN,
)
BITRIX24: Final = Report(
    columns=(
        ("ID", "deal_id"),
        ("Воронка", "pipeline"),
        ("Стадия сделки", "stage"),
        ("Название сделки", "=Сделка"),
        ("Тип", "=Продажа"),
        ("Источник", "source"),
        ("Сумма", "amount"),
        ("Валюта", "_currency"),
        ("Ответственный", "owner"),
        ("Вероятность", "=50"),
        ("Дата начала", "=01.09.2026"),
        ("Дата завершения", "_closed"),
        ("Дата создания", "_created"),
        ("Повторная сделка", "=нет"),
        ("UTM Campaign", "campaign"),
        ("Контакт: Рабочий e-mail", "=buyer@example.com"),
    ),
    style=PLAIN,
    encoding=UTF8_MARKED,
    delimiter=";",
)
ZOHO: Final = Report(
    columns=(
        ("Record Id", "deal_id"),
        ("Deal Owner", "owner"),
        ("Deal Name", "=Example Ltd"),
        ("Amount", "amount"),
        ("Currency", "currency"),
        ("Closing Date", "_closed"),
        ("Stage", "stage"),
        ("Pipeline", "pipeline"),
        ("Lead Source", "source"),
        ("Campaign Source", "campaign"),
        ("Reason For Loss", "lost_reason"),
        ("Created Time", "_created"),
        ("Contact Name", "=Bea Buyer"),
        ("Description", "=call +48 600 100 200"),
    ),
    style=PLAIN,
)


def deal(number: str, stage: str, outcome: str, created: tuple[str, str], closed: tuple[str, str | None]) -> Row:
    """A deal; times as the file has them, and in UTC."""
    return {
        "deal_id": number,
        "stage": stage,
        "outcome": outcome,
        "_created": created[0],
        "created_at": utc(created[1]),
        "_closed": closed[0],
        "closed_at": utc(closed[1]) if closed[1] else None,
        "amount": Decimal("150000.00"),
        "owner": "Olga Owner",
        "pipeline": "Продажи",
        "source": "google",
        "campaign": "brand",
        "lost_reason": None,
    }


def amocrm_deals() -> list[Row]:
    """Won, lost, and open; the list says of open deals that they are not closed."""
    born = ("02.03.2026 15:04:05", "2026-03-02 14:04:05")
    return [
        deal("31000001", "Успешно реализовано", "won", born, ("13.07.2026 00:30:00", "2026-07-12 22:30")),
        {
            **deal("31000002", "Закрыто и не реализовано", "lost", born, ("14.07.2026 12:00:00", "2026-07-14 10:00")),
            "lost_reason": "Дорого",
        },
        {**deal("31000003", "Переговоры", "open", born, ("не закрыта", None)), "amount": None, "source": None},
    ]


def hubspot_deals() -> list[Row]:
    """A stage of the team's own that is won, HubSpot's two closing stages, and an open deal with an expected day."""
    born = ("2026-03-02 15:04", "2026-03-02 14:04")
    ended = ("2026-07-13 00:30", "2026-07-12 22:30")
    common = {"currency": "EUR", "campaign": None}
    return [
        {**deal("9001", "Contract signed", "won", born, ended), **common, **flags("true", "false", "5001;5002")},
        {**deal("9002", "Closed Won", "won", born, ended), **common, **flags("", "", "5003")},
        {**deal("9003", "closedlost", "lost", born, ended), **common, **flags("", "", "")},
        {**deal("9004", "Proposal", "open", born, ("2026-12-31 10:00", None)), **common, **flags("false", "false", "")},
    ]


def flags(won: str, lost: str, companies: str) -> Row:
    """What only HubSpot has; of several companies the first counts, an owner's address is no name."""
    return {
        "_won": won,
        "_lost": lost,
        "_companies": companies,
        "customer_id": companies.split(";", maxsplit=1)[0] or None,
        "_kind": "newbusiness",
        "kind": "new",
        "_owner": "olga@example.com",
        "owner": "olga",
    }


def bitrix_deals() -> list[Row]:
    born = ("02.03.2026 15:04:05", "2026-03-02 14:04:05")
    ended = ("13.07.2026 00:30:00", "2026-07-12 22:30")
    money = {"_currency": "Российский рубль", "currency": "RUB"}
    return [
        {**deal("11", "Сделка успешна", "won", born, ended), **money},
        {**deal("12", "Анализ причины провала", "lost", born, ended), **money},
        {**deal("13", "Подготовка документов", "open", born, ("31.12.2026", None)), **money},
    ]


def zoho_deals() -> list[Row]:
    born = ("2026-03-02 15:04:05", "2026-03-02 14:04:05")
    money = {"currency": "EUR"}
    return [
        {**deal("zcrm_4150868", "Closed Won", "won", born, ("2026-07-13", "2026-07-12 22:00")), **money},
        {
            **deal("zcrm_4150869", "Closed-Lost to Competition", "lost", born, ("2026-07-14", "2026-07-13 22:00")),
            **money,
            "lost_reason": "Price",
        },
        {**deal("zcrm_4150870", "Negotiation/Review", "open", born, ("2026-12-31", None)), **money},
    ]


CASES: Final = (
    export_of_things(
        "amoCRM", "amocrm_export_leads.csv", "amocrm/deals", AMOCRM, amocrm_deals(), language="ru",
        conventions="1234.5 · 31.12.2026",
    ),
    export_of_things(
        "amoCRM, saved in the old code page", "сделки.csv", "amocrm/deals", AMOCRM_OLD, amocrm_deals(), language="ru",
        conventions="1234.5 · 31.12.2026",
    ),
    export_of_things("HubSpot", "hubspot-crm-exports-deals.csv", "hubspot/deals", HUBSPOT, hubspot_deals()),
    export_of_things(
        "Bitrix24", "DEAL_20260901.csv", "bitrix24/deals", BITRIX24, bitrix_deals(), language="ru",
        conventions="1234.5 · 31.12.2026",
    ),
    export_of_things("Zoho", "Deals_001.csv", "zoho/deals", ZOHO, zoho_deals()),
)  # fmt: skip
