"""The contract of every canonical table. One more dataset is one more declaration here."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, count, dimension, key, money

_LOAD: Final = attribute("load_id", "The load that brought the row (see the dataset loads).", Type.WHOLE)
_SHAPE: Final = attribute("shape", "The key columns the export had; one shape per account and day.")
_DAY: Final = key("day", "The day, in the account's own time zone.", Type.DAY, required=True)
_FIRST: Final = key("day", "The first day the row covers.", Type.DAY, required=True)
_LAST: Final = key("day_end", "The last day the row covers; the same as day for daily rows.", Type.DAY, required=True)
_OCCURRENCE: Final = key("occurrence", "Tells apart rows that share all names: 1, 2, ….", Type.WHOLE, default="1")

AD_PERFORMANCE: Final = Dataset(
    name="ad_performance",
    meaning="What each ad, ad group or campaign showed, cost and brought on each day, as its platform reports it.",
    columns=(
        _DAY,
        key("platform", "The ad platform, for example google_ads.", required=True),
        key("account", "The ad account, by number or name; empty when the export does not say."),
        key("campaign_id", "The platform's number of the campaign."),
        key("campaign", "The campaign's name."),
        key("ad_group_id", "The platform's number of the ad group or ad set."),
        key("ad_group", "The ad group's or ad set's name."),
        key("ad_id", "The platform's number of the ad."),
        key("ad", "The ad's name or first headline."),
        key("keyword", "The keyword, as typed."),
        key("match_type", "How the keyword is matched."),
        key("device", "The kind of device."),
        key("network", "The network or placement."),
        key("segment", "Any further breakdown of the export, for example an age group."),
        _OCCURRENCE,
        dimension("level", "The finest level of the export: account, campaign, ad_group, ad or keyword."),
        _SHAPE,
        attribute("currency", "Three-letter code of the money columns; empty when the export does not say."),
        count("impressions", "How often ads were shown."),
        count("clicks", "How often ads were clicked."),
        money("cost", "What the platform charged."),
        count("conversions", "Conversions as the platform attributes them; may be fractional.", Type.DECIMAL),
        money("conversion_value", "The value of those conversions; negative after refunds.", None),
        attribute("reach", "People reached; not additive.", Type.WHOLE),
        count("video_views", "How often videos were viewed."),
        _LOAD,
    ),
    scope=("platform", "account"),
    identity=(("campaign_id", "campaign"), ("ad_group_id", "ad_group"), ("ad_id", "ad")),
    daily=True,
)

SEARCH_TERMS: Final = Dataset(
    name="search_terms",
    meaning="What people typed before an ad was shown: a visible part of the account, never its whole spend.",
    columns=(
        _FIRST,
        _LAST,
        key("platform", "The ad platform.", required=True),
        key("account", "The ad account."),
        key("campaign", "The campaign's name."),
        key("ad_group", "The ad group's name."),
        key("keyword", "The keyword that matched."),
        key("search_term", "What was typed.", required=True),
        key("match_type", "How the keyword matched."),
        key("segment", "Any further breakdown of the export."),
        _OCCURRENCE,
        _SHAPE,
        attribute("currency", "Three-letter code of the money columns."),
        count("impressions", "How often ads were shown."),
        count("clicks", "How often ads were clicked."),
        money("cost", "What the platform charged."),
        count("conversions", "Conversions as the platform attributes them.", Type.DECIMAL),
        money("conversion_value", "The value of those conversions.", None),
        _LOAD,
    ),
    scope=("platform", "account"),
    daily=True,
    periods=True,
)

_SITE: Final = (
    key("site", "The Search Console property; empty when the export does not say."),
    key("search_type", "web, image, video, news or discover."),
    key("filters", "The filters the export was made with; empty for none.", default=""),
)
_SEARCH_MEASURES: Final = (
    count("clicks", "Clicks from search results."),
    count("impressions", "How often the site was shown in search results."),
    count("position_sum", "Average position × impressions, so that positions can be averaged again.", Type.DECIMAL),
)

SEARCH_TOTALS: Final = Dataset(
    name="search_totals",
    meaning="A site's whole search traffic by day: the only table that site totals come from.",
    columns=(
        _FIRST,
        _LAST,
        *_SITE,
        key("device", "The kind of device, when fetched."),
        key("country", "The country, when fetched."),
        _SHAPE,
        *_SEARCH_MEASURES,
        attribute("is_final", "Whether the numbers will no longer change.", Type.YES_NO),
        _LOAD,
    ),
    scope=("site", "search_type", "filters"),
    daily=True,
    periods=True,
)

SEARCH_PERFORMANCE: Final = Dataset(
    name="search_performance",
    meaning="A site's search traffic by query, page, country, device or appearance; never adds up to the site's total.",
    columns=(
        _FIRST,
        _LAST,
        *_SITE,
        key("slice", "What the rows are by: query, page, country, device or search_appearance.", required=True),
        key("query", "What was searched for."),
        key("page", "The address of the page."),
        key("country", "The country."),
        key("device", "The kind of device."),
        key("search_appearance", "The kind of result shown."),
        _SHAPE,
        *_SEARCH_MEASURES,
        attribute("is_final", "Whether the numbers will no longer change.", Type.YES_NO),
        _LOAD,
    ),
    scope=("site", "search_type", "filters", "slice"),
    daily=True,
    periods=True,
)

PROCESSES: Final = Dataset(
    name="processes",
    meaning="The department's processes, each with its owner.",
    columns=(
        key("process_id", "Short name of the process.", required=True),
        attribute("name", "Name on screen."),
        attribute("parent", "The process it is part of."),
        attribute("purpose", "What it is for."),
        attribute("customer", "Who receives its result."),
        attribute("owner", "person_id of the process owner."),
        attribute("starts_with", "What starts it."),
        attribute("ends_with", "What it ends with."),
        attribute("procedure_url", "Where its procedure is."),
        attribute("order", "Its place in lists.", Type.WHOLE),
        attribute("active", "Whether it is shown.", Type.YES_NO),
        _LOAD,
    ),
    whole=True,
)

PEOPLE: Final = Dataset(
    name="people",
    meaning="The people of the department.",
    columns=(
        key("person_id", "Short name of the person.", required=True),
        attribute("name", "Name on screen."),
        attribute("email", "Address for sign-in."),
        attribute("role", "head, owner, contributor or viewer."),
        attribute("language", "en, pl or ru."),
        attribute("active", "Whether the person is still here.", Type.YES_NO),
        _LOAD,
    ),
    whole=True,
)

EXCHANGE_RATES: Final = Dataset(
    name="exchange_rates",
    meaning="The team's own exchange rates; days without one use the European Central Bank's.",
    columns=(
        key("day", "The day the rate holds for.", Type.DAY, required=True),
        key("currency", "Three-letter code.", required=True),
        attribute("rate", "How much of the reporting currency one unit is worth.", Type.DECIMAL, required=True),
        _LOAD,
    ),
    whole=True,
)

LOADS: Final = Dataset(
    name="loads",
    meaning="One row for each file or API window that was loaded or refused.",
    columns=(
        key("load_id", "Number of the load.", Type.WHOLE, required=True),
        attribute("source", "Where the rows came from: a platform, or a configured source."),
        attribute("name", "The file's name, with the member of an archive or the sheet of a workbook."),
        attribute("sha256", "Fingerprint of the bytes."),
        attribute("format", "The format it was recognised as."),
        attribute("dataset", "The dataset it was loaded into."),
        attribute("account", "The ad accounts or the site of its rows."),
        attribute("asked", "What was said about the file from outside its rows: account, site, filters."),
        attribute("locale", "How numbers and dates were read."),
        attribute("exported_at", "When the export was made (UTC), as far as the file tells.", Type.MOMENT),
        attribute("status", "loaded, empty, refused or failed."),
        attribute("lines_read", "Lines or records of the file.", Type.WHOLE),
        attribute("rows_read", "Records below the header, without footers.", Type.WHOLE),
        attribute("rows_loaded", "Rows that were new.", Type.WHOLE),
        attribute("rows_replaced", "Rows that took the place of an older one.", Type.WHOLE),
        attribute("rows_rejected", "Rows kept out, each with its reason (see the dataset rejects).", Type.WHOLE),
        attribute("rows_total", "Totals rows, kept out of the data and used as control.", Type.WHOLE),
        attribute("lines_preamble", "Lines above and including the header.", Type.WHOLE),
        attribute("lines_footer", "Lines below the data that are not data.", Type.WHOLE),
        attribute("first_day", "First day in the data.", Type.DAY),
        attribute("last_day", "Last day in the data.", Type.DAY),
        attribute("started_at", "When loading started (UTC).", Type.MOMENT),
        attribute("finished_at", "When it ended (UTC).", Type.MOMENT),
        attribute("control", "Declared totals against summed ones, as JSON."),
        attribute("control_differs", "Whether a declared total differs beyond rounding.", Type.YES_NO),
        attribute("message", "What there is to say about it."),
    ),
)

REJECTS: Final = Dataset(
    name="rejects",
    meaning="Every row that was kept out, as it stood in the file, with the reason.",
    columns=(
        key("load_id", "Number of the load.", Type.WHOLE, required=True),
        key("line", "Line of the file (record, where fields contain line breaks).", Type.WHOLE, required=True),
        attribute("column", "The header of the column at fault."),
        attribute("reason", "Why the row was kept out."),
        attribute("raw", "The row as text."),
    ),
)

DATASETS: Final = {
    dataset.name: dataset
    for dataset in (
        AD_PERFORMANCE,
        SEARCH_TERMS,
        SEARCH_TOTALS,
        SEARCH_PERFORMANCE,
        PROCESSES,
        PEOPLE,
        EXCHANGE_RATES,
        LOADS,
        REJECTS,
    )
}
