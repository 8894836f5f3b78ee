"""What the search box proposes from the first letters on."""

import pytest
from django.urls import reverse

from places.models import IndexStamp, Need, State
from places.search import rebuild, reindex, suggestions
from places.search.beginnings import Beginnings, PlaceNames
from tests.factories import CommuneFactory, DepartmentFactory, NeighbourhoodFactory, PlaceFactory


class TestBeginnings:
    towns = Beginnings(
        [("brest", "Brest"), ("bressuire", "Bressuire"), ("bron", "Bron"), ("brest", "Le Brest")]
    )

    def test_what_is_called_so_comes_first_then_the_better_ones(self):
        assert self.towns.starting(["br"], 3) == ["Brest", "Bressuire", "Bron"]
        assert self.towns.starting(["bron"], 3) == ["Bron"]
        assert self.towns.starting(["brest"], 3) == ["Brest", "Le Brest"]

    def test_a_row_that_is_called_by_two_names_comes_once(self):
        rows = Beginnings([("le havre", "Le Havre"), ("havre", "Le Havre")])
        assert rows.starting(["le havre", "havre"], 3) == ["Le Havre"]

    @pytest.mark.parametrize("typed", ["bresr", "brset", "bresst", "bressiure"])
    def test_a_slip_is_forgiven_but_for_the_first_letter(self, typed):
        assert self.towns.like([typed], 1)[0] in {"Brest", "Bressuire"}
        assert self.towns.like(["x" + typed[1:]], 1) == []

    def test_a_letter_left_out_of_a_name_that_is_not_finished_is_forgiven(self):
        rows = Beginnings([("montpellier", "Montpellier"), ("toulouse", "Toulouse")])
        assert rows.like(["montpelie"], 1) == ["Montpellier"]
        assert rows.like(["tolouse"], 1) == ["Toulouse"]


class TestPlaceNames:
    names = PlaceNames(
        [
            (7, "espace jose cabanis", "toulouse"),
            (3, "mediatheque jose cabanis", "toulouse"),
            (5, "cabane", "brest"),
        ]
    )

    def test_every_word_is_held_in_any_order(self):
        assert self.names.holding(["toulouse", "cab"], 5) == [7, 3]
        assert self.names.holding(["cabanis", "brest"], 5) == []

    def test_a_name_that_begins_so_comes_first_then_the_better_one(self):
        assert self.names.holding(["cab"], 5) == [5, 7, 3]

    def test_little_words_are_not_needed(self):
        assert self.names.holding(["espace", "de", "jose"], 5) == [7]
        assert self.names.holding(["de"], 5) == []

    def test_of_none_nothing_is_found(self):
        assert PlaceNames([]).holding(["cab"], 5) == []


@pytest.fixture
def ask(client, monkeypatch):
    """ask("bre"): the groups of the answer, {code: [row]}."""
    monkeypatch.setattr(suggestions, "PLACES_HOLD_S", 0)

    def ask(q):
        answer = client.get(reverse("suggestions"), {"q": q}).json()
        return {group["code"]: group["rows"] for group in answer["groups"]}

    return ask


@pytest.fixture
def brest(db):
    brest = CommuneFactory(population=140_000, postcodes="29200")
    CommuneFactory(
        name="Saint-Brieuc",
        insee_code="22278",
        postcodes="22000",
        department=DepartmentFactory(code="22", name="Côtes-d’Armor"),
        population=44_000,
    )
    NeighbourhoodFactory(name="Bellevue", aliases="Kergoat")
    PlaceFactory(name="Médiathèque des Capucins", address="25 rue de Pontaniou")
    Need.objects.create(words="imprimer", name="Imprimer")
    Need.objects.create(words="faire un CV", name="Faire un CV")
    rebuild()
    return brest


def labels(rows):
    return [(row["label"], row["detail"], row["kind"]) for row in rows]


class TestRows:
    def test_a_town_leads_to_its_places(self, brest, ask):
        (row,) = ask("bres")["towns"]
        assert labels([row]) == [("Brest", "commune, Finistère", "Ville")]
        assert row["url"] == "/?commune=29019"

    def test_a_neighbourhood_is_known_by_its_aliases(self, brest, ask):
        (row,) = ask("kergo")["neighbourhoods"]
        assert labels([row]) == [("Bellevue", "quartier, Brest (29)", "Quartier")]
        assert row["url"].startswith("/?neighbourhood=bellevue")

    def test_a_place_says_its_street_and_leads_to_its_page(self, brest, ask):
        (row,) = ask("capu")["places"]
        assert labels([row]) == [("Médiathèque des Capucins", "25 rue de Pontaniou, Brest", "Lieu")]
        assert row["url"] == "/lieux/mediatheque-des-capucins-brest/"

    def test_a_need_goes_into_the_box_by_any_of_its_words(self, brest, ask):
        (row,) = ask("cv")["needs"]
        assert (row["label"], row["kind"], row["words"]) == ("Faire un CV", "Besoin", "faire un CV")

    def test_words_before_a_town_stay_in_the_search_as_they_were_typed(self, brest, ask):
        (row,) = ask("Écrire bres")["towns"]
        assert row["label"] == "Écrire · Brest"
        assert row["url"] == "/?q=%C3%89crire&commune=29019"

    @pytest.mark.parametrize("typed", ["BRÉS", "29200", "292", "bresr", "imprimer bresr"])
    def test_a_town_is_known_by_accents_postcode_and_slips(self, typed, brest, ask):
        assert "Brest" in ask(typed)["towns"][0]["label"]

    @pytest.mark.parametrize("typed", ["st br", "saint-br", "St Brieuc"])
    def test_saint_is_known_by_its_short_form(self, typed, brest, ask):
        assert ask(typed)["towns"][0]["label"] == "Saint-Brieuc"

    def test_a_departement_is_known_by_its_number(self, brest, ask):
        assert labels(ask("29")["towns"])[0] == ("Finistère", "département", "Département")

    @pytest.mark.parametrize("typed", ["mediatek", "médiatec", "capusins", "mediatek capucin"])
    def test_a_place_is_known_by_a_misspelled_word(self, typed, brest, ask):
        assert ask(typed)["places"][0]["label"] == "Médiathèque des Capucins"


class TestAnswer:
    @pytest.mark.parametrize("q", ["", "b", " ", "\x00", "%", "zzzzzz", "é" * 5_000, "a " * 500])
    def test_of_nothing_known_nothing_is_proposed(self, q, client, brest):
        response = client.get(reverse("suggestions"), {"q": q})
        assert response.json() == {"said": "Aucune proposition", "groups": []}

    def test_says_how_many_in_french(self, client, brest):
        assert client.get(reverse("suggestions"), {"q": "kergo"}).json()["said"] == "1 proposition"

    def test_asked_from_the_agenda_lead_there(self, client, brest):
        groups = client.get(reverse("suggestions"), {"q": "brest", "page": "agenda"}).json()["groups"]
        urls = [row["url"] for group in groups for row in group["rows"]]
        assert urls
        assert all(url.startswith("/agenda/?") for url in urls)

    def test_holds_eight_rows_at_most(self, client, brest):
        for number in range(12):
            PlaceFactory(name=f"Brestoise {number}")
            CommuneFactory(name=f"Brestville {number}", insee_code=f"291{number:02}")
        rebuild()
        groups = client.get(reverse("suggestions"), {"q": "brest"}).json()["groups"]
        assert sum(len(group["rows"]) for group in groups) <= 8

    def test_may_be_kept_by_the_browser(self, client, brest):
        response = client.get(reverse("suggestions"), {"q": "bre"})
        assert response["Cache-Control"] == "max-age=300, public"
        assert "Cookie" not in response.get("Vary", "")

    def test_is_only_read(self, client):
        assert client.post(reverse("suggestions")).status_code == 405

    def test_costs_two_queries(self, brest, ask, django_assert_num_queries):
        ask("bre")
        with django_assert_num_queries(2):  # the stamp of the index; the places of the answer
            ask("mediatheque bre")


class TestChange:
    def test_a_new_name_is_proposed_once_it_is_indexed(self, brest, ask):
        ask("capu")
        place = PlaceFactory(name="Médiathèque des Quatre-Moulins")
        reindex([place])
        assert ask("quatre")["places"][0]["label"] == "Médiathèque des Quatre-Moulins"

    def test_a_place_that_goes_offline_is_no_longer_proposed(self, brest, ask):
        assert ask("capu")["places"]
        place = PlaceFactory._meta.model.objects.get()
        place.state = State.ARCHIVED
        place.save()
        assert "places" not in ask("capu")

    def test_names_of_places_are_read_anew_once_a_minute_at_most(self, brest, ask, monkeypatch):
        ask("capu")
        monkeypatch.setattr(suggestions, "PLACES_HOLD_S", 60)
        reindex([PlaceFactory(name="Médiathèque des Quatre-Moulins")])
        assert "places" not in ask("quatre")

    def test_an_edit_of_a_place_does_not_make_towns_be_read_anew(self, brest, ask):
        before = IndexStamp.read()
        reindex([PlaceFactory._meta.model.objects.get()])
        after = IndexStamp.read()
        assert after[IndexStamp.Part.NAMES] == before[IndexStamp.Part.NAMES]
        assert after[IndexStamp.Part.PLACES] != before[IndexStamp.Part.PLACES]
