"""The report of an import: counts for the terminal, and a table for whoever mends the source."""

import csv

from places.importers.report import Report
from places.opendata.cells import Outcome


def table(report, tmp_path):
    report.write_csv(tmp_path / "rapport.csv")
    with (tmp_path / "rapport.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


class TestTable:
    def test_is_in_the_order_of_the_file_with_words_for_people(self, tmp_path):
        report = Report()
        report.note(7, "telephone", "3949", "Numéro court.", Outcome.DROPPED)
        report.refuse(3, "nom", "", "Cette valeur est indispensable.")
        assert table(report, tmp_path) == [
            ["ligne", "colonne", "valeur", "motif", "suite"],
            ["3", "nom", "", "Cette valeur est indispensable.", "ligne refusée"],
            ["7", "telephone", "3949", "Numéro court.", "valeur non reprise"],
        ]

    def test_runs_nothing_in_a_spreadsheet(self, tmp_path):
        report = Report()
        for value in ("=1+1", "@SUM(A1)", "+33298001122", "-4.48"):
            report.note(1, "nom", value, "", Outcome.MENDED)
        values = [row[2] for row in table(report, tmp_path)[1:]]
        assert values == ["'=1+1", "'@SUM(A1)", "+33298001122", "-4.48"]

    def test_shows_the_beginning_of_a_long_value(self, tmp_path):
        report = Report()
        report.note(1, "nom", "x" * 5_000, "", Outcome.MENDED)
        assert len(table(report, tmp_path)[1][2]) == 200


class TestSummary:
    def test_counts_rows_and_not_their_defects(self):
        report = Report()
        report.created = 1_234
        report.refuse(3, "nom", "", "")
        report.refuse(3, "adresse", "", "")
        report.note(4, "telephone", "3949", "", Outcome.DROPPED)
        assert report.summary() == [
            "1\u202f234 créés, 0 mis à jour, 0 inchangé, 1 rejeté.",
            "À relire\u00a0: 1 «\u00a0valeur non reprise\u00a0».",
        ]

    def test_says_nothing_more_where_all_is_well(self):
        report = Report()
        report.unchanged = 2
        assert report.summary() == ["0 créé, 0 mis à jour, 2 inchangés, 0 rejeté."]
