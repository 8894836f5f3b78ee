"""Who could be brought together, and why: told on a few places and partners of Bellevue."""

import datetime as dt

import pytest

from places.domain.links import Link, Network, Side, propose
from places.opendata.links import reason_told, sentence_of

TODAY = dt.date(2026, 9, 8)
THEMES = {"emploi": "Emploi", "education": "Éducation"}
BELLEVUE = {1: "Bellevue"}
YOUNG = {"jeunes": "Jeunes"}
HERE = (-4.4861, 48.3904)
METRES_400 = (-4.4861, 48.3904 + 400 / 111_195)
METRES_900 = (-4.4861, 48.3904 + 900 / 111_195)
METRES_1100 = (-4.4861, 48.3904 + 1_100 / 111_195)


def on(*codes):
    return {code: THEMES[code] for code in codes}


def epn(key=1, **facts):
    return Side(key, facts.pop("name", f"EPN {key}"), **facts)


def partner(key=10, **facts):
    return Side(key, facts.pop("name", f"Partenaire {key}"), **facts)


def network(places=(), partners=(), links=()):
    return Network(list(places), list(partners), list(links), THEMES, TODAY)


def told(proposal):
    return [reason_told(reason).replace("\u00a0", " ") for reason in proposal.reasons]


class TestPropose:
    def test_needs_ground_in_common_and_something_to_do(self):
        assert propose(epn(neighbourhoods=BELLEVUE), partner(neighbourhoods=BELLEVUE)) is None
        assert propose(epn(themes=on("emploi")), partner(themes=on("emploi"))) is None

    def test_the_same_neighbourhood_and_the_same_axis_are_enough(self):
        facts = {"neighbourhoods": BELLEVUE, "themes": on("emploi")}
        found = propose(epn(**facts), partner(**facts))
        assert told(found) == ["même quartier : Bellevue", "tous deux sur l’axe « Emploi »"]
        assert found.score == 6

    @pytest.mark.parametrize(
        ("position", "points", "words"),
        [(METRES_400, 2, "à 400 m l’un de l’autre"), (METRES_900, 1, "à 900 m l’un de l’autre")],
    )
    def test_a_quarter_of_an_hour_on_foot_is_ground_in_common(self, position, points, words):
        place = epn(position=HERE, audiences=YOUNG)
        found = propose(place, partner(position=position, audiences=YOUNG))
        assert told(found) == [words, "tous deux accueillent : jeunes"]
        assert found.score == points + 2

    def test_farther_is_not(self):
        place = epn(position=HERE, audiences=YOUNG)
        assert propose(place, partner(position=METRES_1100, audiences=YOUNG)) is None

    def test_an_unknown_position_is_no_reason_and_no_obstacle(self):
        place = epn(neighbourhoods=BELLEVUE, audiences=YOUNG, position=HERE)
        assert propose(place, partner(neighbourhoods=BELLEVUE, audiences=YOUNG)).score == 5

    def test_one_gives_what_the_other_seeks(self):
        place = epn(name="L’Escale", neighbourhoods=BELLEVUE, gives={"ROOM": "une salle"})
        found = propose(place, partner(name="Le Club", neighbourhoods=BELLEVUE, seeks={"ROOM": "une salle"}))
        assert told(found)[1] == "Le Club cherche ce que propose L’Escale : une salle"

    def test_and_the_other_way_round(self):
        place = epn(name="L’Escale", neighbourhoods=BELLEVUE, seeks={"ROOM": "une salle"})
        found = propose(place, partner(name="Le Club", neighbourhoods=BELLEVUE, gives={"ROOM": "une salle"}))
        assert told(found)[1] == "L’Escale cherche ce que propose Le Club : une salle"

    def test_two_who_seek_the_same_are_no_match(self):
        facts = {"neighbourhoods": BELLEVUE, "seeks": {"ROOM": "une salle"}}
        assert propose(epn(**facts), partner(**facts)) is None

    def test_on_an_axis_the_partner_has_to_be_on_it(self):
        place = epn(neighbourhoods=BELLEVUE, themes=on("emploi", "education"))
        other = partner(neighbourhoods=BELLEVUE, themes=on("emploi"))
        assert propose(place, other, "education") is None
        assert propose(place, other, "emploi")

    def test_on_an_axis_others_weigh_less(self):
        facts = {"neighbourhoods": BELLEVUE, "themes": on("emploi", "education")}
        found = propose(epn(**facts), partner(**facts), "emploi")
        assert told(found)[1:] == ["tous deux sur l’axe « Emploi »", "aussi tous deux sur « Éducation »"]
        assert found.score == 3 + 3 + 1

    def test_in_general_several_axes_count_once(self):
        facts = {"neighbourhoods": BELLEVUE, "themes": on("emploi", "education")}
        found = propose(epn(**facts), partner(**facts))
        assert told(found)[1] == "tous deux sur les axes « Emploi » et « Éducation »"
        assert found.score == 6

    def test_is_told_as_one_sentence(self):
        facts = {"neighbourhoods": BELLEVUE, "audiences": YOUNG}
        sentence = sentence_of(propose(epn(**facts), partner(**facts)))
        assert sentence.replace("\u00a0", " ") == "Même quartier : Bellevue ; tous deux accueillent : jeunes."


def near_all(**facts):
    return {"neighbourhoods": BELLEVUE, "themes": on("emploi", "education"), **facts}


class TestMatrix:
    def test_has_a_cell_for_each_place_and_axis(self):
        rows = network([epn(1), epn(2)]).matrix()
        assert [(row.place.key, [cell.theme for cell in row.cells]) for row in rows] == [
            (1, ["emploi", "education"]),
            (2, ["emploi", "education"]),
        ]

    @pytest.mark.parametrize(
        ("statuses", "shown"),
        [
            (["WISHED"], "WISHED"),
            (["WISHED", "ACTIVE"], "ACTIVE"),
            (["WISHED", "STARTING"], "STARTING"),
            ([], ""),
        ],
    )
    def test_a_cell_shows_what_has_come_furthest(self, statuses, shown):
        links = [Link(1, 10 + rank, "emploi", status) for rank, status in enumerate(statuses)]
        assert network([epn()], links=links).matrix()[0].cells[0].status == shown

    def test_a_link_older_than_its_review_date_is_marked(self):
        links = [
            Link(1, 10, "emploi", "ACTIVE", TODAY),
            Link(1, 10, "education", "ACTIVE", TODAY + dt.timedelta(days=1)),
        ]
        cells = network([epn()], links=links).matrix()[0].cells
        assert [cell.is_overdue for cell in cells] == [True, False]

    def test_an_empty_cell_proposes_three_at_most_the_strongest_first(self):
        partners = [partner(key, **near_all()) for key in (10, 11, 12, 13)]
        partners.append(partner(14, **near_all(audiences=YOUNG)))
        cell = network([epn(**near_all(audiences=YOUNG))], partners).matrix()[0].cells[0]
        assert [proposal.partner.key for proposal in cell.proposals] == [14, 10, 11]

    def test_a_cell_with_a_link_proposes_nobody(self):
        links = [Link(1, 10, "emploi", "WISHED")]
        partners = [partner(key, **near_all()) for key in (10, 11)]
        cell = network([epn(**near_all())], partners, links).matrix()[0].cells[0]
        assert cell.proposals == ()

    def test_nobody_is_proposed_to_whom_one_is_linked_on_another_axis(self):
        links = [Link(1, 10, "emploi", "ACTIVE")]
        network_of_one = network([epn(**near_all())], [partner(**near_all())], links)
        assert network_of_one.matrix()[0].cells[1].proposals == ()


class TestBestProposals:
    def test_are_the_strongest_of_all(self):
        place, other = epn(1, **near_all(position=HERE)), epn(2, **near_all())
        found = network([other, place], [partner(**near_all(position=METRES_400))]).best_proposals(5)
        assert [(proposal.place.key, proposal.score) for proposal in found] == [(1, 8), (2, 6)]

    def test_send_nobody_more_than_two_calls(self):
        places = [epn(key, **near_all()) for key in range(1, 6)]
        assert len(network(places, [partner(**near_all())]).best_proposals(5)) == 2

    def test_are_as_many_as_asked_at_most(self):
        places = [epn(key, **near_all()) for key in range(1, 6)]
        partners = [partner(key, **near_all()) for key in range(10, 15)]
        assert len(network(places, partners).best_proposals(3)) == 3

    def test_of_equals_are_the_same_each_time_by_name(self):
        partners = [partner(10, name="B", **near_all()), partner(11, name="A", **near_all())]
        found = network([epn(**near_all())], partners).best_proposals(2)
        assert [proposal.partner.name for proposal in found] == ["A", "B"]


class TestMissing:
    def test_axes_without_link_are_those_of_no_place_here(self):
        links = [Link(1, 10, "emploi", "ACTIVE"), Link(99, 10, "education", "ACTIVE")]
        assert network([epn(1)], [partner()], links).themes_without_link() == ["education"]

    def test_partners_without_link_are_those_with_whom_no_place_here_works(self):
        links = [Link(1, 10, "emploi", "ACTIVE"), Link(99, 11, "emploi", "ACTIVE")]
        found = network([epn(1)], [partner(10), partner(11)], links).partners_without_link()
        assert [side.key for side in found] == [11]

    def test_of_an_empty_territory_is_all_of_it(self):
        assert network().themes_without_link() == ["emploi", "education"]
        assert network().matrix() == []
        assert network().best_proposals(5) == []
