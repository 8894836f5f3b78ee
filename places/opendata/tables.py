"""Tables that people open in a spreadsheet: CSV and XLSX, in which no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook

# A spreadsheet would run what begins with one of these (OWASP, "CSV injection"), wide signs too.
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

WIDEST_COLUMN = 60

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """`text` with an apostrophe in front when a spreadsheet would take it for a formula."""
    is_number = text.lstrip("+-").replace(".", "", 1).replace(" ", "").isdigit()
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) and not is_number else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """With the semicolons and the mark that a French spreadsheet needs to open it as it is."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(map(harmless, header))
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _csv_cell(cell):
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return cell if isinstance(cell, int) else harmless("" if cell is None else str(cell))


def as_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """One sheet, its header kept in sight, texts as texts: "=1+1" is four signs, 01300 keeps its zero."""
    file, rows = io.BytesIO(), [list(row) for row in rows]
    with Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, (int, float)):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    sheet.write_string(number, column, str(cell))
        for column, name in enumerate(header):
            widest = max([len(name) // 2, *(len(str(row[column] or "")) for row in rows)])
            sheet.set_column(column, column, min(WIDEST_COLUMN, widest + 2))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(header) - 1)
    return file.getvalue()


def _sheet_name(title):
    """At most 31 signs, none of those that a sheet may not bear."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'").strip()[:31] or "Feuille"
