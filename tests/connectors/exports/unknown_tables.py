"""Invented files of tools that no format knows, in three languages, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from connectors.exports.unknown import Sample


@dataclass(frozen=True)
class Known:
    """A table, and the answers that the guess has to give. The text has semicolons between cells."""

    name: str
    dataset: str
    language: str
    text: str
    columns: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The name of the file, for the list of tests."""
        return f"{self.dataset}-{self.language}"

    @property
    def sample(self) -> Sample:
        """The table as it is looked at."""
        headers, *rows = (tuple(line.split(";")) for line in self.text.strip().splitlines())
        return Sample(self.name, headers, tuple(rows))


TABLES: Final = (
    Known(
        "faktury",
        "expenses",
        "pl",
        """
Nr faktury;Data wystawienia;Kontrahent;Kwota netto (PLN);Uwagi księgowej
F/1;02.10.2026;Studio Malwa;1 200,50;
F/2;06.10.2026;Drukarnia Sowa;300,00;pilne
""",
        {
            "expense_id": "Nr faktury",
            "spent_on": "Data wystawienia",
            "supplier": "Kontrahent",
            "amount": "Kwota netto (PLN)",
        },
        {"currency": "PLN"},
    ),
    Known(
        "crm export",
        "leads",
        "en",
        """
ID;Created at;Lead source;Campaign;Status;Company;First contact
17;2026-10-01 09:15:00;google;Brand;new;Acorn Works;2026-10-01 11:00:00
18;2026-10-02 10:20:00;referral;;qualified;Birch Labs;
""",
        {
            "lead_id": "ID",
            "created_at": "Created at",
            "source": "Lead source",
            "campaign": "Campaign",
            "status": "Status",
            "company": "Company",
            "contacted_at": "First contact",
        },
    ),
    Known(
        "выгрузка",
        "deals",
        "ru",
        """
№ сделки;Дата создания;Этап сделки;Бюджет;Ответственный;Валюта;Причина отказа
501;2026-10-01;Переговоры;120 000,00;Берёза;RUB;
502;2026-10-03;Закрыто;80 000,00;Клён;RUB;дорого
""",
        {
            "deal_id": "№ сделки",
            "created_at": "Дата создания",
            "stage": "Этап сделки",
            "amount": "Бюджет",
            "currency": "Валюта",
            "lost_reason": "Причина отказа",
            "owner": "Ответственный",
        },
    ),
    Known(
        "Wysyłki 2026",
        "mailings",
        "pl",
        """
ID wysyłki;Temat;Data wysyłki;Odbiorcy;Dostarczono;Otwarcia;Kliknięcia;Wypisania
m-1;Nowości jesieni;2026-10-05;1200;1180;400;52;3
m-2;Zaproszenie;2026-10-12;900;890;310;40;1
""",
        {
            "mailing_id": "ID wysyłki",
            "sent_on": "Data wysyłki",
            "title": "Temat",
            "recipients": "Odbiorcy",
            "delivered": "Dostarczono",
            "opened": "Otwarcia",
            "clicked": "Kliknięcia",
            "unsubscribed": "Wypisania",
        },
    ),
    Known(
        "board",
        "tasks",
        "en",
        """
Card ID;Task name;Assigned to;Created on;State;Deadline;Tags
MK-1;Landing page;Robin;2026-10-01 08:00:00;Done;2026-10-09;web
MK-2;Brief;Kim;2026-10-02 08:30:00;Open;2026-10-20;
""",
        {
            "task_id": "Card ID",
            "title": "Task name",
            "assignee": "Assigned to",
            "created_at": "Created on",
            "due_on": "Deadline",
            "status": "State",
            "labels": "Tags",
        },
    ),
    Known(
        "опрос октябрь",
        "survey_answers",
        "ru",
        """
Номер ответа;Дата опроса;Номер клиента;Оценка;Комментарий;Обещание выполнено
1;2026-10-01;К-7;9;всё хорошо;да
2;2026-10-02;К-9;6;;нет
""",
        {
            "answer_id": "Номер ответа",
            "asked_on": "Дата опроса",
            "customer_id": "Номер клиента",
            "score": "Оценка",
            "promise_kept": "Обещание выполнено",
            "comment": "Комментарий",
        },
    ),
    Known(
        "zgloszenia",
        "requests",
        "pl",
        """
Numer zgłoszenia;Data zgłoszenia;Zgłaszający;Priorytet;Stan;Pierwsza odpowiedź;Rozwiązano
Z-1;2026-10-01 10:00:00;Dział sprzedaży;wysoki;zamknięte;2026-10-01 10:40:00;2026-10-02 09:00:00
Z-2;2026-10-03 12:00:00;Dział kadr;niski;otwarte;;
""",
        {
            "request_id": "Numer zgłoszenia",
            "created_at": "Data zgłoszenia",
            "requester": "Zgłaszający",
            "priority": "Priorytet",
            "status": "Stan",
            "first_response_at": "Pierwsza odpowiedź",
            "solved_at": "Rozwiązano",
        },
    ),
    Known(
        "linkedin october",
        "ad_performance",
        "en",
        """
Date;Campaign name;Impressions;Clicks;Spend (EUR);Conversions
2026-10-01;Brand;1000;20;10.50;1
2026-10-02;Brand;1200;25;12.00;0
""",
        {
            "day": "Date",
            "campaign": "Campaign name",
            "impressions": "Impressions",
            "clicks": "Clicks",
            "cost": "Spend (EUR)",
            "conversions": "Conversions",
        },
        {"platform": "linkedin_ads", "currency": "EUR"},
    ),
    Known(
        "Бюджет отдела",
        "budget_lines",
        "ru",
        """
Месяц;Процесс;Канал;Бюджет;Валюта
2026-10-01;paid_acquisition;Поиск;5000;RUB
2026-12-01;paid_acquisition;Поиск;6000;RUB
""",
        {"month": "Месяц", "process": "Процесс", "channel": "Канал", "amount": "Бюджет", "currency": "Валюта"},
    ),
    Known(
        "blog",
        "content_items",
        "en",
        """
URL;Headline;Author;Publication date
https://example.com/a;How to plan;Robin;2026-10-01
https://example.com/b;How to count;Kim;2026-10-04
""",
        {"content_id": "URL", "title": "Headline", "author": "Author", "published_on": "Publication date"},
    ),
)
