"""Workshops of the demonstration at real places: marked, added once, and taken away again."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from places.management.commands.load_demonstration import load_lists
from places.models import Occurrence, Workshop
from tests.factories import PlaceFactory, SourceFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


def generate(**options):
    out = io.StringIO()
    call_command("generate_demo_agenda", stdout=out, **options)
    return out.getvalue().strip()


@pytest.fixture
def real():
    load_lists()
    return [PlaceFactory(city="Brest") for _number in range(3)]


class TestGenerating:
    def test_gives_each_place_its_workshops_with_their_sessions(self, real):
        assert generate(places=2, each=3).startswith("6 ateliers d’exemple ajoutés, ")
        places = set(Workshop.objects.values_list("place", flat=True))
        assert places == {place.pk for place in real[:2]}
        assert Occurrence.objects.filter(starts_at__gt=timezone.now()).exists()

    def test_again_adds_nothing(self, real):
        generate(places=3)
        before = list(Workshop.objects.values_list("uid", flat=True))
        assert generate(places=3).startswith("0 atelier d’exemple ajouté")
        assert list(Workshop.objects.values_list("uid", flat=True)) == before

    def test_each_says_on_its_page_that_it_is_an_example(self, real, client):
        generate(places=1, each=1)
        workshop = Workshop.objects.get()
        assert workshop.is_demonstration
        assert "Exemple" in client.get(workshop.get_absolute_url()).content.decode()
        assert not WorkshopFactory(place=real[0]).is_demonstration

    def test_leaves_examples_of_places_alone(self):
        load_lists()
        PlaceFactory(source=SourceFactory(is_demonstration=True))
        assert generate().startswith("0 atelier")

    @pytest.mark.parametrize("options", [{"places": 0}, {"each": 0}, {"each": 21}])
    def test_refuses_what_makes_no_sense(self, options, db):
        with pytest.raises(CommandError, match="Donnez au moins un lieu"):
            generate(**options)

    def test_they_leave_with_the_demonstration_and_real_workshops_stay(self, real):
        mine = WorkshopFactory(place=real[0])
        generate(places=2, each=2)
        out = io.StringIO()
        call_command("remove_demonstration", stdout=out)
        assert out.getvalue().strip() == "4 exemples enlevés."
        assert list(Workshop.objects.all()) == [mine]
        assert not Workshop.history.exclude(id=mine.pk).exists()
