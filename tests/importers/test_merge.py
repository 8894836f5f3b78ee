"""What the source said before, what it says now, and what a person made of it since."""

import pytest

from places.importers.merge import merge


class TestAField:
    @pytest.mark.parametrize(
        ("here", "before", "now", "changes", "conflicts"),
        [
            ("a", "a", "a", {}, {}),
            ("a", "a", "b", {"f": "b"}, {}),
            ("edited", "a", "b", {}, {"f": "b"}),
            ("edited", "a", "a", {}, {"f": "a"}),
            ("b", "a", "b", {}, {}),
            ("", "a", "b", {}, {"f": "b"}),
            ("a", "a", "", {"f": ""}, {}),
            (["x"], ["x"], ["x", "y"], {"f": ["x", "y"]}, {}),
            (False, None, True, {}, {"f": True}),
        ],
        ids=[
            "that nobody touched stays",
            "that the source changed follows it",
            "that both changed is a conflict",
            "that a person changed is told each time",
            "that a person changed as the source did later stays",
            "that a person emptied is a conflict",
            "that the source emptied is emptied",
            "of several values is compared whole",
            "that says no is not unknown",
        ],
    )
    def test_is_merged(self, here, before, now, changes, conflicts):
        assert merge({"f": here}, {"f": before}, {"f": now}) == (changes, conflicts)

    @pytest.mark.parametrize("empty", ["", None, []])
    def test_that_was_empty_and_never_imported_is_filled(self, empty):
        assert merge({"f": empty}, {}, {"f": "a"}) == ({"f": "a"}, {})

    def test_that_a_person_wrote_before_any_import_is_a_conflict(self):
        assert merge({"f": "own"}, {}, {"f": "a"}) == ({}, {"f": "a"})

    def test_is_overwritten_on_demand(self):
        assert merge({"f": "edited"}, {"f": "a"}, {"f": "b"}, overwrites=True) == ({"f": "b"}, {})

    def test_of_which_the_source_says_nothing_stays(self):
        assert merge({"f": "edited", "g": "x"}, {"f": "a"}, {"g": "x"}) == ({}, {})
