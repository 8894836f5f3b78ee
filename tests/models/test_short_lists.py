"""All short lists of some places in one query say what each would say by itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.models import Place, read_short_lists
from places.models.short_lists import LISTS
from tests.factories import (
    AccessModeFactory,
    AudienceFactory,
    FeeFactory,
    LabelFactory,
    LanguageFactory,
    NeighbourhoodFactory,
    PlaceFactory,
    PlaceKindFactory,
    ServiceFactory,
    SupportModeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    PlaceFactory(
        kinds=[PlaceKindFactory(code="EPN", rank=2), PlaceKindFactory(code="BIB", rank=1)],
        services=[ServiceFactory(code="b"), ServiceFactory(code="a")],
        fees=[FeeFactory(code="gratuit")],
        access_modes=[AccessModeFactory(code="se-presenter")],
        support_modes=[SupportModeFactory()],
        audiences=[
            AudienceFactory(code="surdite", kind="need"),
            AudienceFactory(code="jeunes", kind="public"),
        ],
        languages=[LanguageFactory(code="br")],
        labels=[LabelFactory(code="pix", kind="programme")],
        serves=[NeighbourhoodFactory(name="Recouvrance"), NeighbourhoodFactory(name="Bellevue")],
    )
    PlaceFactory(services=[ServiceFactory(code="a")])
    PlaceFactory()
    return list(Place.objects.order_by("pk"))


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_the_same_rows_in_the_same_order(name, places):
    said = [[(row.pk, str(row)) for row in getattr(place, name).all()] for place in places]
    read_short_lists(places)
    assert [[(row.pk, str(row)) for row in getattr(place, name).all()] for place in places] == said


def test_what_a_page_shows_of_a_row_costs_no_query(places):
    with CaptureQueriesContext(connection) as captured:
        read_short_lists(places)
        place = places[0]
        assert [(kind.code, kind.name) for kind in place.kinds.all()] == [("BIB", "Bib"), ("EPN", "Epn")]
        assert {row.code: row.kind for row in place.audiences.all()} == {
            "jeunes": "public",
            "surdite": "need",
        }
        assert place.serves.all()[0].get_absolute_url() == "/quartiers/bellevue/"
        assert (place.is_epn, place.is_free, places[2].is_free) == (True, True, None)
    assert len(captured) == 1


def test_no_place_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        read_short_lists([])
