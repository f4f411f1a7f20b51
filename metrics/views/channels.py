"""Where leads, deals and money come from: the marketing channel and the ad platform of each, in the same words for all.

Every tool words it its own way (``facebook / cpc``, ``Paid Social``, a channel named *ads*). Here all of them become
one channel, so that what a channel cost stands beside what it brought. Where the platform is known, it decides between
paid search and paid social, since ad cost tells no more. A channel of the team's own keeps its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from metrics.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEARCH: Final = ("google_ads", "microsoft_ads", "yandex_direct")
PLATFORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "google_ads": ("google", "googleads", "adwords", "youtube", "гугл"),
    "microsoft_ads": ("microsoft", "bing", "msn"),
    "yandex_direct": ("yandex", "ya", "yandexdirect", "яндекс"),
    "meta_ads": ("meta", "facebook", "facebookads", "fb", "instagram", "ig"),
    "linkedin_ads": ("linkedin", "lnkd"),
    "vk_ads": ("vk", "vkontakte", "вк", "вконтакте"),
    "tiktok_ads": ("tiktok", "tik"),
    "pinterest_ads": ("pinterest",),
}
"""The first word of a source, and the platform whose ads bring it."""
_PRICED: Final = ("cpc", "ppc", "cpm", "cpv", "cpa", "cpl")
_SHOWN: Final = ("display", "banner", "gdn", "sem", "retargeting", "remarketing")
CHANNELS: Final[Mapping[str, tuple[str, ...]]] = {
    "paid": ("ad", "ads", "advertising", "adwords", "реклама", "reklama", *_PRICED, *_SHOWN, *PLATFORMS),
    "paid_search": ("paid_search",),
    "paid_social": ("paid_social",),
    "organic": ("organic",),
    "organic_search": ("organic_search", "seo", "search"),
    "organic_social": ("organic_social", "social", "social_media", "social_network", "smm"),
    "email": ("email", "e_mail", "mail", "newsletter", "mailing", "email_marketing", "рассылка"),
    "referral": ("referral", "referrals", "recommendation", "word_of_mouth", "рекомендация", "polecenie"),
    "partner": ("partner", "partners", "affiliate", "affiliates", "reseller", "партнер", "партнёр"),
    "direct": ("direct", "(direct)", "direct_traffic"),
    "other": ("other", "other_campaigns"),
}
"""What a channel, a medium or a source says, and the channel that it means."""


def _words(meanings: Mapping[str, tuple[str, ...]]) -> str:
    """SQL for a table of *word* and what it *means*; as one text, which is planned in no time."""
    pairs = " ".join(f"{word}={code}" for word, code in {w: c for c, each in meanings.items() for w in each}.items())
    split = f"SELECT unnest(string_split('{pairs}', ' ')) AS pair"
    return f"SELECT split_part(pair, '=', 1) AS word, split_part(pair, '=', 2) AS means FROM ({split}) AS pairs"


def _plain(text: str) -> str:
    """SQL for *text* in small letters, its words joined by underscores."""
    return f"replace(replace(lower(trim({text})), ' ', '_'), '-', '_')"


def first_word(text: str) -> str:
    """SQL for the first word of *text*, of an address the first that tells something."""
    return f"regexp_extract(lower(trim({text})), '^(?:(?:www|m|l|lm)[.])?([^ ._/-]+)', 1)"


def _paid(word: str) -> str:
    """SQL for paid where *word* says so, such as ``paid_partner`` or ``facebook_ads``."""
    return f"CASE WHEN {word} LIKE 'paid%' OR right({word}, 4) = '_ads' THEN 'paid' END"


def paid_channel(platform: str) -> str:
    """SQL for the channel of what *platform* sells."""
    search = ", ".join(f"'{name}'" for name in _SEARCH)
    social = ", ".join(f"'{name}'" for name in PLATFORMS if name not in _SEARCH)
    kinds = f"WHEN {platform} IN ({search}) THEN 'paid_search' WHEN {platform} IN ({social}) THEN 'paid_social'"
    return f"CASE {kinds} WHEN {platform} IS NOT NULL THEN 'paid_other' END"


def traced(rows: str) -> str:
    """SQL for *rows*, which tell channel, medium, source, partner and referrer, with what that means.

    That is *reached_by* (the channel; unknown where nothing is told), *paid* (whether it is a paid one), *platform* (of
    a paid one) and *referred* (whether somebody recommended us).
    """
    return f"""
        WITH worded AS (
            SELECT *, nullif(trim(channel), '') AS own, {_plain("channel")} AS own_word,
                {_plain("medium")} AS medium_word, {_plain("source")} AS source_word,
                {first_word("source")} AS seller_word, {first_word("channel")} AS own_seller_word
            FROM ({rows}) AS rows_told
        ),
        meant AS (
            SELECT w.*, coalesce(c.means, {_paid("w.own_word")}) AS by_channel,
                coalesce(m.means, {_paid("w.medium_word")}) AS by_medium,
                coalesce(s.means, {_paid("w.source_word")}) AS by_source, coalesce(p.means, q.means) AS seller
            FROM worded AS w
            LEFT JOIN channel_words AS c ON c.word = w.own_word
            LEFT JOIN channel_words AS m ON m.word = w.medium_word
            LEFT JOIN channel_words AS s ON s.word = w.source_word
            LEFT JOIN platform_words AS p ON p.word = w.seller_word
            LEFT JOIN platform_words AS q ON q.word = w.own_seller_word
        ),
        decided AS (
            SELECT *, {paid_channel("seller")} AS sold_as, coalesce(
                CASE WHEN by_channel LIKE 'paid%' THEN by_channel WHEN by_medium LIKE 'paid%' THEN by_medium END,
                by_channel, own, CASE WHEN partner IS NOT NULL THEN 'partner' END,
                CASE WHEN referrer IS NOT NULL THEN 'referral' END, by_medium, by_source,
                CASE WHEN concat(medium, source) <> '' THEN 'other' END
            ) AS way
            FROM meant
        )
        SELECT *, way LIKE 'paid%' AS paid, referrer IS NOT NULL OR way = 'referral' AS referred,
            CASE WHEN way LIKE 'paid%' THEN seller END AS platform,
            CASE WHEN way LIKE 'paid%' THEN coalesce(sold_as, nullif(way, 'paid'), 'paid_other')
                WHEN way = 'organic' THEN coalesce(replace(sold_as, 'paid', 'organic'), 'organic_search')
                ELSE way END AS reached_by
        FROM decided
    """


CHANNEL_WORDS: Final = View(name="channel_words", base="leads", sql=_words(CHANNELS))
PLATFORM_WORDS: Final = View(name="platform_words", base="leads", sql=_words(PLATFORMS))
LEAD_ORIGINS: Final = View(
    name="lead_origins",
    base="leads",
    sql=traced("SELECT *, CAST(NULL AS VARCHAR) AS partner FROM leads"),
)
DEAL_LEADS: Final = View(
    name="deal_leads",
    base="deals",
    sql="""
        SELECT deal_id, system, lead_id, lead_system FROM (
            SELECT d.deal_id, d.system, l.lead_id, l.system AS lead_system, row_number() OVER (
                PARTITION BY d.deal_id, d.system
                ORDER BY CASE WHEN l.system = d.system THEN 0 WHEN l.system IS NULL THEN 1 ELSE 2 END, l.system
            ) AS place
            FROM deals AS d
            JOIN leads AS l ON l.lead_id = d.lead_id AND coalesce(l.system = d.system, true)
        ) AS likely WHERE place = 1
    """,
)
"""The lead that each deal grew from: numbers of two systems may be equal, and not every row says its system."""
DEAL_ORIGINS: Final = View(
    name="deal_origins",
    base="deals",
    sql=traced("""
        SELECT d.deal_id, d.system, d.customer_id, d.closed_at, d.pipeline, d.outcome, d.amount, d.currency, d.kind,
            d.owner, coalesce(d.channel, l.channel) AS channel, CASE WHEN d.channel IS NULL THEN l.medium END AS medium,
            coalesce(d.source, l.source) AS source, coalesce(d.campaign, l.campaign) AS campaign, d.partner,
            coalesce(d.referrer, l.referrer) AS referrer
        FROM deals AS d
        LEFT JOIN deal_leads AS g ON g.deal_id = d.deal_id AND g.system IS NOT DISTINCT FROM d.system
        LEFT JOIN leads AS l ON l.lead_id = g.lead_id AND l.system IS NOT DISTINCT FROM g.lead_system
    """),
)
AD_COSTS: Final = View(
    name="ad_costs",
    base="ad_performance",
    sql=f"""
        SELECT day, platform, account, campaign, currency, cost,
            {paid_channel("platform")} AS channel
        FROM ad_performance
    """,
    dimensions=("channel", "platform", "account", "campaign"),
    measures=("cost",),
    money=("cost",),
    silent=True,
)
EXPENSE_ORIGINS: Final = View(
    name="expense_origins",
    base="expenses",
    sql=traced("""
        SELECT spent_on, campaign, amount, currency, funded_by, CAST(NULL AS VARCHAR) AS medium,
            coalesce(channel, CASE WHEN process = 'paid_acquisition' THEN 'paid' END) AS channel,
            CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS partner, CAST(NULL AS VARCHAR) AS referrer
        FROM expenses_told WHERE NOT is_discount AND NOT is_reported
    """),
)
EXPENSES: Final = View(
    name="expenses_beside_ads",
    base="expenses",
    sql="""
        SELECT spent_on AS day, reached_by AS channel, platform, campaign, currency, amount, paid,
            CASE WHEN funded_by = 'partner' THEN amount WHEN funded_by IS NOT NULL THEN 0 END AS partner_amount
        FROM expense_origins
    """,
    dimensions=("channel", "platform", "campaign"),
    measures=("amount", "partner_amount"),
    money=("amount", "partner_amount"),
)
PAID_EXPENSES: Final = View(
    name="paid_expenses",
    base="expenses",
    sql="SELECT e.* FROM expenses_beside_ads AS e WHERE e.paid",
    dimensions=EXPENSES.dimensions,
    measures=("amount",),
    money=("amount",),
)

VIEWS: Final = (
    CHANNEL_WORDS,
    PLATFORM_WORDS,
    LEAD_ORIGINS,
    DEAL_LEADS,
    DEAL_ORIGINS,
    AD_COSTS,
    EXPENSE_ORIGINS,
    EXPENSES,
    PAID_EXPENSES,
)
