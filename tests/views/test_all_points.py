"""The file of all places that the map draws: small, kept by browsers, and anew when places change."""

import gzip

import pytest
from django.conf import settings
from django.urls import reverse

from places.models import IndexStamp, State
from places.opendata import country_map
from places.search import reindex
from tests.domain.test_packing import unpack
from tests.factories import TOWN_HALL, PlaceFactory, PlaceKindFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _other_places_than_before():
    """Each test has places of its own."""
    IndexStamp.renew()


@pytest.fixture
def read(client):
    """The points of the file as a browser finds it."""

    def follow():
        return unpack(client.get(reverse("map-all-points"), follow=True).content)

    return follow


class TestFile:
    def test_holds_who_is_online_and_located_and_marks_the_epn(self, read):
        epn = PlaceFactory(east_of=TOWN_HALL, kinds=[PlaceKindFactory(code="EPN")])
        other = PlaceFactory(east_of=TOWN_HALL, by_m=2_000)
        PlaceFactory(east_of=TOWN_HALL, state=State.PENDING)
        PlaceFactory()
        points = read()
        assert set(points) == {epn.pk, other.pk}
        assert points[epn.pk] == (
            pytest.approx(epn.location.x, abs=6e-6),
            pytest.approx(48.38978, abs=1e-3),
            True,
        )
        assert points[other.pk][2] is False

    def test_is_kept_for_ever_under_the_name_of_its_content(self, client):
        PlaceFactory(east_of=TOWN_HALL)
        where = client.get(reverse("map-all-points"))
        assert (where.status_code, where.headers["Cache-Control"]) == (302, "max-age=60")
        file = client.get(where.headers["Location"], headers={"Accept-Encoding": "gzip"})
        assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert file.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in file.headers["Vary"]
        assert gzip.decompress(file.content) == client.get(where.headers["Location"]).content

    def test_has_another_name_once_places_have_changed_and_the_same_as_long_as_they_have_not(self, client):
        place = PlaceFactory(east_of=TOWN_HALL)
        first = client.get(reverse("map-all-points")).headers["Location"]
        assert client.get(reverse("map-all-points")).headers["Location"] == first
        place.state = State.ARCHIVED
        place.save()
        reindex([place])
        second = client.get(reverse("map-all-points")).headers["Location"]
        assert second != first
        # Whoever loaded the page before the change still finds what the page asks for.
        assert len(unpack(client.get(first).content)) == 1
        assert len(unpack(client.get(second).content)) == 0

    def test_that_is_gone_leads_to_the_one_of_now(self, client):
        for name in ("0123456789abcdef", "0", "etc-passwd"):
            assert (
                client.get(reverse("map-all-points-file", args=[name])).headers["Location"]
                == "/carte/tous.bin"
            )

    def test_is_made_once_for_all_processes(self, client, monkeypatch, django_assert_num_queries):
        PlaceFactory(east_of=TOWN_HALL)
        name = client.get(reverse("map-all-points")).headers["Location"]
        monkeypatch.setattr(
            country_map, "_held", {"stamp": None, "digest": None}
        )  # as in a process that starts
        with django_assert_num_queries(1):
            assert client.get(reverse("map-all-points")).headers["Location"] == name

    def test_is_made_anew_when_somebody_emptied_the_folder(self, client, read):
        PlaceFactory(east_of=TOWN_HALL)
        client.get(reverse("map-all-points"))
        for path in (settings.VAR_DIR / "map").glob("*"):
            path.unlink()
        assert len(read()) == 1

    def test_before_the_last_ones_are_thrown_away(self, client):
        for _change in range(6):
            PlaceFactory(east_of=TOWN_HALL)
            IndexStamp.renew()
            client.get(reverse("map-all-points"))
        assert len(list((settings.VAR_DIR / "map").glob("*.bin.gz"))) == country_map.KEPT


def test_a_place_deleted_in_the_admin_is_gone_from_the_map(read, client, admin_user):
    place = PlaceFactory(east_of=TOWN_HALL)
    assert set(read()) == {place.pk}
    client.force_login(admin_user)
    client.post(f"/admin/places/place/{place.pk}/delete/", {"post": "yes"})
    assert read() == {}
