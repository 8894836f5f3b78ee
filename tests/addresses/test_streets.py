"""Which words of a query name a street: told from needs, towns and kinds of place."""

import pytest

from places.search.streets import street_in
from places.search.vocabulary import Kind, Meaning, Name, Vocabulary


def town(label, kind=Kind.COMMUNE):
    return Name(kind, 1, "29019", label, frozenset({1}), 29, 3, 1_000)


VOCABULARY = Vocabulary(
    names={
        "brest": [town("Brest")],
        "paris": [town("Paris")],
        "lyon": [town("Lyon")],
        "rue": [town("Rue")],
        "saint denis": [town("Saint-Denis")],
        "rue de marseille": [town("Rue de Marseille", Kind.NEIGHBOURHOOD)],
    },
    needs={("imprim",): Meaning("Imprimer", frozenset(), frozenset(), frozenset())},
)


def street(query):
    return street_in(query, VOCABULARY)


class TestStreet:
    @pytest.mark.parametrize(
        ("query", "typed", "rest"),
        [
            ("12 rue de Siam Brest", "12 rue de siam", "brest"),
            ("Brest, 12 rue de Siam", "12 rue de siam", "brest"),
            ("12 bis av. du Gal Leclerc 29200 Brest", "12 bis avenue du gal leclerc", "29200 brest"),
            ("imprimer rue Jean Jaurès Saint-Denis", "rue jean jaures", "imprimer saint denis"),
            ("rue Jean Jaurès imprimer", "rue jean jaures", "imprimer"),
            ("3 r victor hugo lyon", "3 r victor hugo", "lyon"),
            ("20 boulevart Arago", "20 boulevart arago", ""),
            ("rue de Paris Brest", "rue de paris", "brest"),
            ("rue Saint-Honoré Paris", "rue saint honore", "paris"),
            ("4 Grande Rue Brest", "4 grande rue", "brest"),
            ("place de la République", "place de la republique", ""),
            ("place Carnot", "place carnot", ""),
            ("12 cours Lafayette Lyon", "12 cours lafayette", "lyon"),
        ],
    )
    def test_ends_where_a_town_a_postcode_or_a_need_begins(self, query, typed, rest):
        assert (street(query).typed, street(query).rest) == (typed, rest)

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "Brest",
            "imprimer Brest",
            "cours de français",
            "cité de l’emploi Lyon",
            "code de la route",
            "mail et internet",
            "éducateur de rue à Lyon",
            "hébergement rue Lyon",
            "rue de Marseille",
            "rue",
            "12 rue",
            "avenue 29200",
            "une place numérique",
        ],
    )
    def test_is_not_seen_in_what_is_none_or_is_a_name_of_ours(self, query):
        assert street(query) is None

    def test_named_like_a_neighbourhood_is_a_street_when_it_has_a_number(self):
        assert street("3 rue de Marseille").typed == "3 rue de marseille"

    def test_is_sent_with_its_town_and_without_what_is_asked_for_there(self):
        assert street("médiathèque rue de Siam Brest imprimer").text == "rue de siam brest"
        assert street("Brest rue de Siam").text == "brest rue de siam"


class TestLabel:
    def test_may_spell_the_street_better(self):
        asked = street("12 rue de Sian Brest")
        assert asked.is_called("12 Rue de Siam 29200 Brest")
        assert not asked.is_called("12 Rue du Tilleul 29200 Brest")

    def test_of_another_town_is_told(self):
        asked = street("rue de Siam Brest")
        assert asked.is_in_town_of("Rue de Siam 29200 Brest")
        assert not asked.is_in_town_of("Rue de Siam 75016 Paris")
        assert street("rue de Siam").is_in_town_of("Rue de Siam 75016 Paris")

    def test_leaves_the_words_that_it_does_not_hold(self):
        asked = street("imprimer 12 bis rue de Siam médiathèque 29000 Brest cedex 2")
        assert asked.left_by("Rue de Siam 29200 Brest") == "imprimer mediatheque"
