from urllib.parse import unquote

import pytest

from places.domain import sms


class TestFits:
    def test_takes_160_characters_and_not_one_more(self):
        assert sms.fits("a" * 160)
        assert not sms.fits("a" * 161)

    def test_counts_accents_of_the_gsm_alphabet_for_one_place(self):
        assert sms.fits("éèàùÉÇ" * 26 + "abcd")

    @pytest.mark.parametrize("char", "^{}\\[]~|€")
    def test_counts_the_extended_signs_for_two_places(self, char):
        assert sms.fits(char * 80)
        assert not sms.fits(char * 80 + "a")

    @pytest.mark.parametrize("char", "êçôîâë’«–À\u00a0")
    def test_one_character_from_outside_brings_the_message_down_to_70(self, char):
        assert sms.fits(char + "a" * 69)
        assert not sms.fits(char + "a" * 70)

    def test_counts_an_emoji_for_two_of_the_70(self):
        assert sms.fits("😀" * 35)
        assert not sms.fits("😀" * 36)


class TestShorten:
    def test_writes_each_part_on_its_line(self):
        assert sms.shorten(["EPN Bellevue", "02 98 00 11 22"]) == "EPN Bellevue\n02 98 00 11 22"

    def test_keeps_the_accents_that_telephones_have(self):
        assert sms.shorten(["Médiathèque là où l’été"]) == "Médiathèque là où l'été"

    def test_writes_otherwise_what_the_gsm_alphabet_lacks(self):
        said = sms.shorten(["Maison de quartier « Le Chêne », façade, cœur – 9\u00a0h\u202f30…"])
        assert said == 'Maison de quartier "Le Chene", facade, coeur - 9 h 30...'

    def test_an_accent_written_apart_is_the_same_accent(self):
        assert sms.shorten(["Me\u0301diathe\u0300que"]) == "Médiathèque"

    def test_leaves_out_what_has_no_letter_there(self):
        assert sms.shorten(["🎉 Fête مرحبا du web"]) == "Fete du web"

    def test_leaves_out_a_part_that_does_not_fit_and_keeps_a_shorter_one_after_it(self):
        said = sms.shorten(["EPN Bellevue", "a" * 150, "02 98 00 11 22"])
        assert said == "EPN Bellevue\n02 98 00 11 22"

    def test_cuts_a_long_title_at_a_word(self):
        title = "Espace public numérique de la maison de quartier de Bellevue et environs"
        said = sms.shorten([title, "02 98 00 11 22"])
        assert said == "Espace public numérique de la maison de quartier de...\n02 98 00 11 22"

    def test_cuts_a_word_that_has_no_end(self):
        assert sms.shorten(["x" * 200]) == "x" * 57 + "..."

    def test_leaves_out_empty_parts(self):
        assert sms.shorten(["EPN", "", "  ", "Brest"]) == "EPN\nBrest"
        assert sms.shorten([]) == ""

    @pytest.mark.parametrize("filling", ["é", "[", "ê", "😀", "mot "])
    def test_always_fits_and_always_in_the_gsm_alphabet(self, filling):
        said = sms.shorten([filling * 90, filling * 40, filling * 20, filling * 10, filling])
        assert sms.fits(said)
        assert sms.length(said) is not None


def test_the_link_opens_messages_with_the_text_whole():
    text = "EPN & Cie\n02 98 00 11 22 ? é"
    address = sms.link(text)
    assert address.startswith("sms:?&body=")
    assert unquote(address.removeprefix("sms:?&body=")) == text
    assert "&" not in address.removeprefix("sms:?&body=")
