"""What was loaded, and what was kept out."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, key

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
        attribute("explanation", "Why they differ, as somebody found out afterwards."),
        attribute("explained_by", "Who said so."),
        attribute("explained_at", "When (UTC).", Type.MOMENT),
        attribute("message", "What there is to say about it, in the language in which it was loaded."),
        attribute("remarks", "What of it goes beyond the counts, as JSON: English texts and the values in them."),
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
