import pytest

from places.domain import vcard


def unfolded(card):
    return card.replace("\r\n ", "")


class TestCard:
    def test_is_a_card_of_version_3_with_lines_that_end_as_the_standard_wants(self):
        assert vcard.card([("FN", vcard.text("EPN"))]) == (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:EPN\r\nEND:VCARD\r\n"
        )

    def test_leaves_out_what_is_unknown(self):
        assert "TEL" not in vcard.card([("FN", "EPN"), ("TEL", "")])

    @pytest.mark.parametrize("letter", ["a", "é", "漢", "😀"])
    def test_folds_at_75_octets_and_cuts_no_character_in_two(self, letter):
        card = vcard.card([("NOTE", vcard.text(letter * 200))])
        lines = card.encode().split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines[:-1])
        assert f"NOTE:{letter * 200}\r\n" in unfolded(card)

    def test_folds_a_line_of_76_octets_and_not_one_of_75(self):
        assert "\r\n " not in vcard.card([("FN", "x" * 72)])
        assert "\r\n x\r\n" in vcard.card([("FN", "x" * 73)])


class TestText:
    @pytest.mark.parametrize(
        ("said", "written"),
        [
            ("Salle 2, étage 1", "Salle 2\\, étage 1"),
            ("lundi ; mardi", "lundi \\; mardi"),
            ("a\\b", "a\\\\b"),
            ("un\r\ndeux\ntrois", "un\\ndeux\\ntrois"),
            ("09:00", "09:00"),
        ],
    )
    def test_escapes_what_the_standard_reserves(self, said, written):
        assert vcard.text(said) == written

    @pytest.mark.parametrize("char", ["\0", "\x07", "\x7f", "\u2028", "\u202e", "\ud800"])
    def test_takes_out_what_no_line_may_hold(self, char):
        assert vcard.text(f"a{char}b") == "ab"


class TestUri:
    def test_keeps_the_signs_of_an_address(self):
        assert vcard.uri("https://exemple.fr/a,b;c?d=é") == "https://exemple.fr/a,b;c?d=é"

    def test_cannot_begin_a_property_of_its_own(self):
        card = vcard.card([("URL", vcard.uri("https://exemple.fr/\r\nTEL:0123456789"))])
        assert "\r\nTEL" not in card


def test_an_address_keeps_its_parts_apart():
    assert vcard.structured("", "2, rue A", "Brest") == ";2\\, rue A;Brest"
