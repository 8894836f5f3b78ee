import re
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain import identifiers
from places.domain.identifiers import IdentifierError

NBSP = "\u00a0"
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=60),
    st.text("0123456789 +.W", max_size=16),
    st.text("ab.@/:-", max_size=16),
)
CHECKS = [
    identifiers.phone,
    identifiers.email,
    identifiers.url,
    identifiers.postcode,
    identifiers.insee_code,
    identifiers.siret,
    identifiers.rna,
    identifiers.ridet,
    identifiers.pivot,
    identifiers.qpv_code,
]
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


class TestAnyIdentifier:
    @each_check
    @given(ANY_TEXT)
    def test_is_right_or_refused_and_right_again_when_given_back(self, check, text):
        try:
            kept = check(text)
        except IdentifierError:
            return
        if kept:  # an unknown pivot is ""
            assert check(kept) == kept

    @each_check
    @pytest.mark.parametrize(
        "text", ["", " ", "\x00", "\ud800", "null", "None", "nan", "Non renseigné", "-", "?", "\u202e0"]
    )
    def test_what_stands_for_nothing_is_refused_in_french(self, check, text):
        if check is identifiers.pivot and not text.strip():
            assert check(text) == ""
            return
        with pytest.raises(IdentifierError) as refusal:
            check(text)
        assert re.fullmatch(r"[A-Z].*\.", str(refusal.value))

    @each_check
    @pytest.mark.parametrize(
        "text",
        [
            "9" * 100_000,
            "a" * 100_000,
            "a@" + "a" * 100_000,
            "a@" + "a." * 50_000,
            "a" * 100_000 + "@a.fr",
            "https://" + "a." * 50_000,
            "https://" + "a-" * 50_000 + ".fr",
            "+" * 100_000,
            " " * 100_000,
            "\x00" * 100_000,
            "0 " * 50_000,
            "é." * 50_000,
        ],
        ids=lambda text: f"{text[:9]!a}x{len(text)}",
    )
    def test_is_refused_at_once_however_long(self, check, text):
        start = time.process_time()
        with suppress(IdentifierError):
            assert check(text) == ""
        assert time.process_time() - start < 0.1


class TestPhone:
    @pytest.mark.parametrize(
        "written",
        [
            "02 98 00 11 22",
            "02.98.00.11.22",
            "02-98-00-11-22",
            "0298001122",
            f"02{NBSP}98{NBSP}00{NBSP}11{NBSP}22",
            "+33298001122",
            "+33 2 98 00 11 22",
            "+33 (0)2 98 00 11 22",
            "0033298001122",
            "Tél. : 02 98 00 11 22",
            "tel: 0298001122",
            "téléphone 02 98 00 11 22",
            "298001122",  # a spreadsheet ate the zero
            "298001122.0",
            "02 98 00 11 22\x00",
        ],
    )
    def test_is_understood_as_people_write_it(self, written):
        assert identifiers.phone(written) == "+33298001122"

    @pytest.mark.parametrize(
        ("written", "number"),
        [
            ("0590 12 34 56", "+590590123456"),
            ("0690 12 34 56", "+590690123456"),
            ("0691 12 34 56", "+590691123456"),
            ("0594 12 34 56", "+594594123456"),
            ("0694 12 34 56", "+594694123456"),
            ("0596 12 34 56", "+596596123456"),
            ("0696 12 34 56", "+596696123456"),
            ("0697 12 34 56", "+596697123456"),
            ("0262 12 34 56", "+262262123456"),
            ("0263 12 34 56", "+262263123456"),
            ("0692 12 34 56", "+262692123456"),
            ("0693 12 34 56", "+262693123456"),
            ("0269 12 34 56", "+262269123456"),
            ("0639 12 34 56", "+262639123456"),
            ("06 39 98 10 21", "+33639981021"),
            ("+33 692 12 34 56", "+262692123456"),
            ("+262 692 12 34 56", "+262692123456"),
            ("00590590123456", "+590590123456"),
        ],
    )
    def test_overseas_has_the_code_of_its_territory(self, written, number):
        assert identifiers.phone(written) == number

    @pytest.mark.parametrize(
        ("written", "postcode", "number"),
        [
            ("25 12 34", "98800", "+687251234"),
            ("40 12 34 56", "98714", "+68940123456"),
            ("41 12 34", "97500", "+508411234"),
            ("72 12 34", "98600", "+681721234"),
            ("+687 25 12 34", "", "+687251234"),
        ],
    )
    def test_short_where_numbers_are_short(self, written, postcode, number):
        assert identifiers.phone(written, postcode) == number

    def test_a_short_number_elsewhere_is_not_complete(self):
        with pytest.raises(IdentifierError, match="pas complet"):
            identifiers.phone("25 12 34", "29200")

    @pytest.mark.parametrize(
        "written",
        [
            "3949",
            "02 98 00 11",
            "02 98 00 11 22 33",
            "02 98 00 11 22 / 06 11 22 33 44",
            "00 00 00 00 00",
            "+1 212 555 1234",
            "+33",
            "+33 2 98 00",
            "+33 098 00 11 22",
            "+590 12 34 56",
            "++33298001122",
            "02+98001122",
            "٠٢٩٨٠٠١١٢٢",
            "demander Anne au 0298001122",
        ],
    )
    def test_is_never_made_up(self, written):
        with pytest.raises(IdentifierError):
            identifiers.phone(written)

    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            ("+33298001122", "02 98 00 11 22"),
            ("+590590123456", "05 90 12 34 56"),
            ("+262639123456", "06 39 12 34 56"),
            ("+687251234", "+687 25 12 34"),
            ("+68940123456", "+689 40 12 34 56"),
            ("3949", "3949"),
            ("", ""),
        ],
    )
    def test_is_shown_two_by_two_without_a_break(self, number, shown):
        assert identifiers.phone_display(number) == shown.replace(" ", NBSP)

    @given(st.integers(10**8, 10**9 - 1).map("0{}".format))
    def test_what_is_shown_is_understood_again(self, written):
        number = identifiers.phone(written)
        assert identifiers.phone(identifiers.phone_display(number)) == number


class TestEmail:
    @pytest.mark.parametrize(
        ("written", "address"),
        [
            ("accueil@ville.fr", "accueil@ville.fr"),
            (" Accueil@Ville.FR ", "Accueil@ville.fr"),
            ("mailto:epn@ville.fr", "epn@ville.fr"),
            ("<epn@ville.fr>;", "epn@ville.fr"),
            ("prenom.nom+epn@mediatheque.ville.bzh", "prenom.nom+epn@mediatheque.ville.bzh"),
        ],
    )
    def test_is_kept_with_its_domain_in_small_letters(self, written, address):
        assert identifiers.email(written) == address

    def test_is_as_long_as_the_post_takes_it(self):
        longest = f"{'a' * 245}@ville.fr"
        assert identifiers.email(longest) == longest
        with pytest.raises(IdentifierError):
            identifiers.email(f"a{longest}")

    @pytest.mark.parametrize(
        "written",
        [
            "accueil",
            "accueil@ville",
            "a@b@c.fr",
            "a..b@ville.fr",
            "a@ville..fr",
            "a@-ville.fr",
            "a b@ville.fr",
            "a@ville.fr\nbcc:x@y.fr",
            "a@ville.fr, b@ville.fr",
            f"{'a' * 250}@ville.fr",
            "a@vïlle.fr",
        ],
    )
    def test_is_refused_when_no_letter_would_arrive(self, written):
        with pytest.raises(IdentifierError):
            identifiers.email(written)


class TestUrl:
    @pytest.mark.parametrize(
        ("written", "address"),
        [
            ("www.ville.fr", "https://www.ville.fr"),
            ("ville.fr/epn", "https://ville.fr/epn"),
            ("HTTP://Ville.FR/EPN?Page=1#Haut", "http://ville.fr/EPN?Page=1#Haut"),
            ("https://ville.fr:8443/", "https://ville.fr:8443/"),
            ("<https://ville.fr>.", "https://ville.fr"),
            ("https://médiathèque.fr/é", "https://médiathèque.fr/é"),
            ("https://xn--mdiathque-13a6c.fr", "https://xn--mdiathque-13a6c.fr"),
        ],
    )
    def test_is_completed(self, written, address):
        assert identifiers.url(written) == address

    @pytest.mark.parametrize(
        "written",
        [
            "javascript:alert(1)",
            "JavaScript://ville.fr/%0aalert(1)",
            "data:text/html,x",
            "ftp://ville.fr",
            "file:///etc/passwd",
            "https://ville.fr@evil.example",
            "https://ville.fr\\@evil.example",
            "https://localhost",
            "https://127.0.0.1",
            "https://[::1]/",
            "https://ville.fr:99999",
            "https://ville..fr",
            "//ville.fr",
            "ville.fr/<script>",
            'ville.fr/"onclick="',
            "ville.fr/a b",
            "https://ville.fr\n.evil.example",
            "epn@ville.fr",
            "ville.fr/" + "a" * 400,
            "néant",
        ],
    )
    def test_is_refused_when_it_is_no_page_or_a_trap(self, written):
        with pytest.raises(IdentifierError):
            identifiers.url(written)


class TestPlaces:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("29200", "29200"),
            (" 29 200 ", "29200"),
            (29200, "29200"),
            (29200.0, "29200"),
            ("1300", "01300"),
            (1300, "01300"),
            ("1300.0", "01300"),
            ("20000", "20000"),
            ("97411", "97411"),
            ("98800", "98800"),
        ],
    )
    def test_a_postcode_gets_back_what_a_spreadsheet_took(self, written, code):
        assert identifiers.postcode(written) == code

    @pytest.mark.parametrize(
        "written", ["", "292", "292000", "00100", "96000", "99000", "97900", "2A004", "2920O", "٢٩٢٠٠", True]
    )
    def test_what_is_no_postcode_is_refused(self, written):
        with pytest.raises(IdentifierError):
            identifiers.postcode(written)

    @pytest.mark.parametrize(
        ("written", "code"),
        [("29019", "29019"), ("1053", "01053"), (1053.0, "01053"), ("2a004", "2A004"), ("2B 033", "2B033")],
    )
    def test_an_insee_code_keeps_its_letter_and_its_zero(self, written, code):
        assert identifiers.insee_code(written) == code

    @pytest.mark.parametrize("written", ["", "20004", "2C004", "290190", "A9019", "29", "２９０１９"])
    def test_what_is_no_insee_code_is_refused(self, written):
        with pytest.raises(IdentifierError):
            identifiers.insee_code(written)

    @pytest.mark.parametrize("code", ["QN02901M", "qn 06909 m", "QN97401A", "QP029001", "QN02A01B"])
    def test_a_priority_neighbourhood_has_a_code_of_2024_or_2015(self, code):
        assert identifiers.qpv_code(code) == code.upper().replace(" ", "")

    @pytest.mark.parametrize("code", ["QN0290", "QP02900", "QN02901", "QX029001", "02901M"])
    def test_what_is_no_such_code_is_refused(self, code):
        with pytest.raises(IdentifierError):
            identifiers.qpv_code(code)


class TestDepartment:
    @pytest.mark.parametrize(
        ("code", "department"),
        [
            ("29019", "29"),
            ("01300", "01"),
            ("2A004", "2A"),
            ("2b033", "2B"),
            ("20000", "2A"),
            ("20167", "2A"),
            ("20200", "2B"),
            ("20620", "2B"),
            ("97411", "974"),
            ("97150", "978"),
            ("98818", "988"),
            ("97500", "975"),
        ],
    )
    def test_follows_from_an_insee_code_or_a_postcode(self, code, department):
        assert identifiers.department_of(code) == department

    @pytest.mark.parametrize(
        "code", ["", "29", "abcde", "00000", "99999", "96000", "975000", "2٣456", "\x00" * 5]
    )
    def test_is_unknown_when_the_code_is_none(self, code):
        assert identifiers.department_of(code) is None


class TestClock:
    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("29019", "Europe/Paris"),
            ("", "Europe/Paris"),
            ("97105", "America/Guadeloupe"),
            ("97209", "America/Martinique"),
            ("97302", "America/Cayenne"),
            ("97411", "Indian/Reunion"),
            ("97502", "America/Miquelon"),
            ("97611", "Indian/Mayotte"),
            ("97701", "America/St_Barthelemy"),
            ("97801", "America/Marigot"),
            ("98611", "Pacific/Wallis"),
            ("98735", "Pacific/Tahiti"),
            ("98818", "Pacific/Noumea"),
        ],
    )
    def test_is_that_of_the_wall_there(self, code, name):
        assert identifiers.timezone_of(code).key == name

    def test_three_departments_have_two_holidays_more(self):
        found = [d for d in range(1, 96) if identifiers.has_alsace_moselle_holidays(f"{d:02}000")]
        assert found == [57, 67, 68]


class TestOrganisations:
    @pytest.mark.parametrize("number", ["732 829 320 00074", "73282932000074", "732.829.320.00074"])
    def test_a_siret_has_fourteen_digits_with_their_key(self, number):
        assert identifiers.siret(number) == "73282932000074"

    def test_the_post_office_has_a_key_of_its_own(self):
        assert identifiers.siret("35600000049837") == "35600000049837"

    @pytest.mark.parametrize("number", ["35600000049838", "73282932000077"])
    def test_that_key_is_no_other_ones(self, number):
        with pytest.raises(IdentifierError, match="faux"):
            identifiers.siret(number)

    @pytest.mark.parametrize("at", range(14))
    def test_one_wrong_digit_is_noticed(self, at):
        number = "73282932000074"
        wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        with pytest.raises(IdentifierError, match="faux"):
            identifiers.siret(wrong)

    @pytest.mark.parametrize("number", ["7328293200007", "732829320000741", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"])
    def test_a_siret_of_another_length_is_refused(self, number):
        with pytest.raises(IdentifierError, match="14 chiffres"):
            identifiers.siret(number)

    def test_an_association_has_a_number_in_w(self):
        assert identifiers.rna("w 292 000 123") == "W292000123"
        with pytest.raises(IdentifierError):
            identifiers.rna("292000123")

    @pytest.mark.parametrize("number", ["123456789", "1 234 567.890"])
    def test_new_caledonia_has_its_own(self, number):
        assert identifiers.ridet(number) == re.sub(r"\D", "", number)

    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("73282932000074", "73282932000074"),
            ("W292000123", "W292000123"),
            ("1234567890", "1234567890"),
            ("00000000000000", ""),
            ("0", ""),
            ("", ""),
        ],
    )
    def test_the_pivot_is_any_of_the_three_or_unknown(self, written, kept):
        assert identifiers.pivot(written) == kept
