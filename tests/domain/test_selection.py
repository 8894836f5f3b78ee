"""What an address holds of a selection, whatever it is made of."""

import pytest

from places.domain.selection import LONGEST, Selection


class TestReading:
    def test_gives_keys_in_the_order_of_the_choice(self):
        assert Selection.read("45.12", "7") == Selection((45, 12), (7,))

    @pytest.mark.parametrize("text", ["", ".", "abc", "-3", "0", "²", "1e9", "9" * 19, "9" * 5_000, "٣"])
    def test_passes_over_what_is_no_key(self, text):
        assert Selection.read(text, text) == Selection()

    def test_keeps_each_once(self):
        assert Selection.read("4.4.5.4").places == (4, 5)

    def test_keeps_as_many_as_one_can_explain(self):
        many = ".".join(map(str, range(1, 100)))
        read = Selection.read(many, many)
        assert read.count == LONGEST
        assert read.places == tuple(range(1, LONGEST + 1))
        assert Selection.read("1.2", many).count == LONGEST


class TestAddress:
    def test_is_read_again_as_it_was(self):
        selection = Selection((45, 12), (7,))
        assert selection.query == "?places=45.12&occurrences=7"
        assert Selection.read(**selection.address) == selection

    def test_of_nothing_is_empty(self):
        assert Selection().query == ""
        assert Selection().address == {}


class TestChoosing:
    def test_adds_at_the_end_and_once(self):
        selection = Selection((1,)).with_one("places", 2).with_one("places", 1).with_one("occurrences", 1)
        assert selection == Selection((1, 2), (1,))

    def test_adds_no_more_when_it_is_full(self):
        full = Selection(tuple(range(1, LONGEST + 1)))
        assert full.is_full
        assert full.with_one("occurrences", 1) == full

    def test_takes_one_back(self):
        assert Selection((1, 2), (1,)).without_one("places", 1) == Selection((2,), (1,))
        assert Selection((1,)).without_one("places", 3) == Selection((1,))
