"""Counts of the filters: exact, whatever is chosen."""

from types import SimpleNamespace

from places.search.facets import Facets, codes_of


def row(pk):
    return SimpleNamespace(pk=pk)


PLACES = {
    1: "s1 s2 k1 f1 a*",
    2: "s1 k2 f1 a7",
    3: "s2 k2 f2 a8",
    4: None,  # not indexed yet: it welcomes everybody and says nothing else
}


class TestCodes:
    def test_name_the_links_of_a_place_and_the_themes_of_its_services(self):
        links = {"services": [4, 9], "audiences": [2], "kinds": [1], "fees": []}
        assert codes_of(links, {4: [1, 3], 9: [3]}) == "s4 s9 a2 k1 t1 t3"

    def test_without_an_audience_everybody_is_welcome(self):
        links = {"services": [], "audiences": [], "kinds": [], "fees": [5]}
        assert codes_of(links, {}) == "f5 a*"


class TestCounts:
    def test_say_what_each_value_would_leave_when_nothing_is_chosen(self):
        facets = Facets(PLACES, {})
        assert facets.chosen == {1, 2, 3, 4}
        assert facets.counts("service", [1, 2, 3]) == {1: 2, 2: 2, 3: 0}
        assert facets.counts("kind", [1, 2]) == {1: 1, 2: 2}

    def test_values_of_one_field_add_up_and_do_not_lower_each_other(self):
        facets = Facets(PLACES, {"service": [row(1), row(2)]})
        assert facets.chosen == {1, 2, 3}
        assert facets.counts("service", [1, 2]) == {1: 2, 2: 2}

    def test_fields_narrow_one_another(self):
        facets = Facets(PLACES, {"service": [row(1)], "kind": [row(2)]})
        assert facets.chosen == {2}
        assert facets.counts("service", [1, 2]) == {1: 1, 2: 1}
        assert facets.counts("kind", [1, 2]) == {1: 1, 2: 1}
        assert facets.counts("fee", [1, 2]) == {1: 1, 2: 0}

    def test_a_place_that_names_no_audience_counts_for_each(self):
        facets = Facets(PLACES, {"audience": [row(7)]})
        assert facets.chosen == {1, 2, 4}
        assert facets.counts("audience", [7, 8]) == {7: 3, 8: 3}
        assert facets.counts("service", [1, 2]) == {1: 2, 2: 1}
