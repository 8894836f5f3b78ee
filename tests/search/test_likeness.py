"""A misspelled word is found again by what is like it."""

import pytest

from places.search.likeness import Lexicon

TOWNS = ("dijon", "limoges", "meaux", "saint denis", "toulouse", "angers", "lyon", "cannes")


class TestLike:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("dijn", "dijon"),  # one letter of five is missing
            ("dijin", "dijon"),  # or another
            ("djion", "dijon"),  # or two have changed places, so that neither end is whole
            ("anegrs", "angers"),
            ("meaxu", "meaux"),
            ("lioges", "limoges"),
            ("tuolouse", "toulouse"),
            ("sain deni", "saint denis"),
        ],
    )
    def test_finds_a_town_of_any_length_behind_one_slip(self, typed, meant):
        assert meant in dict(Lexicon(TOWNS).like(typed))

    def test_knows_a_word_by_its_sound(self):
        assert dict(Lexicon(["mediatheque"]).like("mediatek")).keys() == {"mediatheque"}

    @pytest.mark.parametrize("typed", ["lyo", "dxjxn", "paris", ""])
    def test_finds_nothing_behind_too_many_slips_or_in_too_few_letters(self, typed):
        assert Lexicon(TOWNS).like(typed) == []

    def test_leaves_out_the_text_itself(self):
        assert "dijon" not in dict(Lexicon(TOWNS).like("dijon"))
