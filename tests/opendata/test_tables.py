"""Tables for a spreadsheet: what a cell holds is shown and never run."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from places.opendata.tables import as_csv, as_xlsx, harmless

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RUN = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"]


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells_of(content):
    """[(type, text or number)] of the cells of the one sheet, row by row; and whether a formula is there."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = [
            "".join(text.itertext()) for text in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{SHEET}f"))
    return [
        [
            shared[int(cell[0].text)] if cell.get("t") == "s" else float(cell[0].text)
            for cell in row.iter(f"{SHEET}c")
            if len(cell)
        ]
        for row in sheet.iter(f"{SHEET}row")
    ]


class TestCsv:
    @pytest.mark.parametrize("text", RUN)
    def test_no_cell_begins_with_what_a_spreadsheet_runs(self, text):
        (head,), (cell,) = rows_of(as_csv([text], [[text]]))
        assert head == cell == f"'{text}"

    @pytest.mark.parametrize("text", ["-12", "+33 1 99 00 12 34", "-4.48", "Brest", ""])
    def test_numbers_and_words_stay_as_they_are(self, text):
        assert harmless(text) == text

    def test_opens_in_a_french_spreadsheet(self):
        content = as_csv(["Quartier", "Heures"], [["Kérourien", 41.5]])
        assert content.startswith("\ufeffQuartier;Heures\r\n".encode())
        assert rows_of(content)[1] == ["Kérourien", "41,5"]

    def test_an_unknown_cell_is_empty_and_zero_is_zero(self):
        assert rows_of(as_csv(["a", "b", "c"], [[None, 0, 0.0]]))[1] == ["", "0", "0"]

    def test_quotes_semicolons_and_line_breaks_come_back(self):
        told = 'dit « "oui" » ; puis\nnon'
        assert rows_of(as_csv(["a"], [[told]]))[1] == [told]


class TestXlsx:
    @pytest.mark.parametrize("text", ["=1+1", "{=1}", "@SUM(A1)", "http://exemple.org/", "01300"])
    def test_a_text_is_a_text_whatever_it_looks_like(self, text):
        assert cells_of(as_xlsx("Feuille", [text], [[text]])) == [[text], [text]]

    def test_a_number_is_a_number_and_the_unknown_is_no_cell(self):
        assert cells_of(as_xlsx("Feuille", ["a", "b", "c"], [[1, None, 2.5]]))[1] == [1.0, 2.5]

    @pytest.mark.parametrize("title", ["", "Liens : Brest/[Bellevue]*?", "x" * 80])
    def test_any_title_makes_a_sheet(self, title):
        assert cells_of(as_xlsx(title, ["a"], [])) == [["a"]]
