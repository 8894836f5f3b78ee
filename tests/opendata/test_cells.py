"""One cell: what it is read as, and what is told when it is not taken as it is written."""

import datetime as dt

import pytest

from places.opendata import cells
from places.opendata.cells import Outcome


def outcomes(reading):
    return [note.outcome for note in reading.notes]


class TestWritten:
    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("  La   Maison ", "La Maison"),
            (38.5, "38.5"),
            (29200, "29200"),
            (["a", "", None, "b"], "a|b"),
            (None, ""),
            (True, ""),
            ({"a": 1}, ""),
            ("'=1+1", "=1+1"),
            ("'+33298001122", "+33298001122"),
            ("l'accueil", "l'accueil"),
        ],
    )
    def test_is_the_text_whatever_the_type(self, cell, value):
        assert cells.written(cell) == (value, ())

    @pytest.mark.parametrize(
        "cell", ["", "-", "/", "...", "N/A", "néant", "NULL", "Non renseigné", "http://"]
    )
    def test_says_nothing_when_it_means_unknown(self, cell):
        assert cells.written(cell) == ("", ())

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("La\x00 Maison\x1f", "La Maison"),
            ("<p>Bon<b>jour</b></p>", "Bon jour"),
            ("Arts &amp; m&eacute;tiers", "Arts & métiers"),
            ("un<br/>deux", "un\ndeux"),
        ],
    )
    def test_loses_markup_and_invisible_signs_and_says_so(self, cell, value):
        reading = cells.written(cell)
        assert reading.value == value
        assert outcomes(reading) == [Outcome.MENDED]

    @pytest.mark.parametrize("cell", ["2 < 3 et 4 > 1", "Aide & conseil", "<3"])
    def test_keeps_signs_that_are_no_markup(self, cell):
        assert cells.written(cell) == (cell, ())

    def test_of_a_whole_book_keeps_the_beginning(self):
        reading = cells.written("mot " * 100_000)
        assert len(reading.value) <= cells.MAX_CELL
        assert outcomes(reading) == [Outcome.MENDED]


class TestLine:
    def test_loses_a_final_dot_but_not_that_of_an_abbreviation(self):
        read = cells.line(40, without_final_dot=True)
        assert read("La Maison.", {}).value == "La Maison"
        assert read("Écrire, lire, etc.", {}).value == "Écrire, lire, etc."
        assert read("Maison M.J.C.", {}).value == "Maison M.J.C."

    def test_is_cut_at_a_word_and_says_so(self):
        reading = cells.line(12)("Une très longue rue", {})
        assert reading.value == "Une très…"
        assert outcomes(reading) == [Outcome.MENDED]

    def test_is_one_line(self):
        assert cells.line(40)("12 rue\ndes Lilas", {}).value == "12 rue des Lilas"


class TestPhone:
    @pytest.mark.parametrize(
        ("written", "postcode", "number"),
        [
            ("02 98 00 11 22", "29200", "+33298001122"),
            ("02.98.00.11.22", "29200", "+33298001122"),
            ("+33 (0)2 98 00 11 22", "29200", "+33298001122"),
            ("0033298001122", "29200", "+33298001122"),
            ("298001122", "29200", "+33298001122"),
            ("0262472805", "97400", "+262262472805"),
            ("0596 52 30 23", "97220", "+596596523023"),
            ("27 12 34", "98800", "+687271234"),
        ],
    )
    def test_is_one_form_overseas_too(self, written, postcode, number):
        reading = cells.phone(written, {"postcode": postcode})
        assert reading.value == number

    @pytest.mark.parametrize(
        "written",
        [
            "02 98 00 11 22 / 02 98 33 44 55",
            "02 98 00 11 22 ou 0298334455",
            "02 98 00 11 22 demander poste 429",
            "poste 12 | 0298001122",
        ],
    )
    def test_of_several_is_the_first_that_is_one(self, written):
        reading = cells.phone(written, {})
        assert reading.value == "+33298001122"
        assert outcomes(reading) == [Outcome.MENDED]

    @pytest.mark.parametrize("written", ["3949", "39 49", "02 98 00 11", "accueil@exemple.fr", "0" * 40])
    def test_that_is_none_is_left_out_and_told(self, written):
        reading = cells.phone(written, {})
        assert reading.value == ""
        assert outcomes(reading) == [Outcome.DROPPED]

    def test_that_is_a_national_short_number_is_told_as_such(self):
        assert "numéro court" in cells.phone("36 46", {}).notes[0].reason


class TestEmails:
    def test_are_one_a_line_without_repetition(self):
        reading = cells.emails("a@exemple.fr|B@exemple.fr ; a@exemple.fr", {})
        assert reading.value.splitlines()[0] == "a@exemple.fr"
        assert len(reading.value.splitlines()) == 2

    def test_that_are_wrong_are_told_and_the_others_kept(self):
        reading = cells.emails("accueil@exemple.fr;epn@blanzy71", {})
        assert reading.value == "accueil@exemple.fr"
        assert [note.value for note in reading.notes] == ["epn@blanzy71"]


class TestUrl:
    @pytest.mark.parametrize(
        ("written", "address"),
        [
            ("https://www.exemple.fr/a", "https://www.exemple.fr/a"),
            ("www.exemple.fr", "https://www.exemple.fr"),
            ("http://https://www.exemple.fr/a", "https://www.exemple.fr/a"),
            ("http://http://www.exemple.fr", "http://www.exemple.fr"),
            ("http:/www.exemple.fr", "http://www.exemple.fr"),
            ("https ://www.exemple.fr", "https://www.exemple.fr"),
            ("http:// www.exemple.fr", "http://www.exemple.fr"),
            ("ttp://www.exemple.fr", "http://www.exemple.fr"),
            ("https://exemple.fr/?u=https://autre.fr", "https://exemple.fr/?u=https://autre.fr"),
        ],
    )
    def test_is_whole_and_has_its_scheme(self, written, address):
        assert cells.url(written, {}).value == address

    def test_of_several_is_the_first(self):
        reading = cells.url("https://exemple.fr et https://autre.fr", {})
        assert reading.value == "https://exemple.fr"
        assert outcomes(reading) == [Outcome.MENDED]

    @pytest.mark.parametrize(
        "written",
        ["javascript:alert(1)", "FB : Centre social", "accueil@exemple.fr", "http://10.0.0.1/", "x"],
    )
    def test_that_is_none_is_left_out_and_told(self, written):
        reading = cells.url(written, {})
        assert reading.value == ""
        assert outcomes(reading) == [Outcome.DROPPED]


class TestOpeningHours:
    def test_that_read_are_taken(self):
        assert cells.opening_hours("Mo-Fr 09:00-12:00", {}) == ("Mo-Fr 09:00-12:00", ())

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("du lundi au vendredi 9h-12h", "Mo-Fr 09:00-12:00"),
            ("lundi 00:00 - 00:00 / 14:00 - 17:30; mardi 9h-12h", "Mo 14:00-17:30; Tu 09:00-12:00"),
            ("lundi 00:00 - 00:00; mardi 9h-12h", "Mo off; Tu 09:00-12:00"),
            ("Mo-Fr 09:00-12:00; 14:00-17:00", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ],
    )
    def test_that_nearly_read_are_mended_and_told(self, written, rule):
        reading = cells.opening_hours(written, {})
        assert reading.value == rule
        assert outcomes(reading) == [Outcome.MENDED]

    @pytest.mark.parametrize("written", ["sur rendez-vous", "Mo 08:22", "Mo-Fr 17:00-12:00"])
    def test_that_do_not_read_stay_text_and_are_told(self, written):
        reading = cells.opening_hours(written, {})
        assert reading.value == ""
        assert outcomes(reading) == [Outcome.KEPT_AS_TEXT]

    def test_that_end_before_they_begin_say_which(self):
        (note,) = cells.opening_hours("Mo-Fr 17:00-12:00", {}).notes
        assert "17:00-12:00" in note.reason
        assert "finit avant de commencer" in note.reason


class TestOtherCells:
    @pytest.mark.parametrize(
        ("written", "value"), [("48.39", 48.39), ("48,39", 48.39), ("abc", None), ("", None)]
    )
    def test_a_number_may_have_a_comma(self, written, value):
        assert cells.number(written, {}).value == value

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("2024-03-01", dt.date(2024, 3, 1)),
            ("2024-03-01T10:00:00Z", dt.date(2024, 3, 1)),
            ("01/03/2024", dt.date(2024, 3, 1)),
        ],
    )
    def test_a_date_has_three_forms(self, written, day):
        assert cells.date(written, {}) == (day, ())

    @pytest.mark.parametrize("written", ["09/0102023", "2024-02-30", "hier", "2024"])
    def test_a_date_that_is_none_is_unknown_and_told(self, written):
        reading = cells.date(written, {})
        assert reading.value is None
        assert outcomes(reading) == [Outcome.DROPPED]

    def test_a_date_before_the_standard_is_a_lost_zero(self):
        assert cells.date("1970-01-01", {}) == (None, ())

    @pytest.mark.parametrize(("written", "value"), [("Itinérant", True), ("FIXE", False), ("parfois", None)])
    def test_itinerance_is_yes_no_or_unknown(self, written, value):
        assert cells.itinerance(written, {}).value is value

    @pytest.mark.parametrize("written", ["a|b", "a;b", "a ; b", "a\nb", "|a||b|"])
    def test_labels_are_separated_in_several_ways(self, written):
        assert cells.labels(written, {}).value == ["a", "b"]

    def test_a_code_in_another_form_is_told(self):
        reading = cells.code(lambda text: "01300")("1300", {})
        assert reading.value == "01300"
        assert outcomes(reading) == [Outcome.MENDED]
