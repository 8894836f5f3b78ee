"""Removing the examples: all of them, and nothing that people wrote."""

import io

import pytest
from django.core.management import call_command

from places.models import Commune, Neighbourhood, Occurrence, Partner, Place, Posting, Source, Theme

pytestmark = pytest.mark.django_db


def remove():
    out = io.StringIO()
    call_command("remove_demonstration", stdout=out)
    return out.getvalue().strip()


class TestRemoving:
    def test_takes_all_examples_and_keeps_what_is_real(self):
        call_command("load_demonstration", verbosity=0)
        hub = Source.objects.create(code="hub", name="Le hub")
        real = Place.objects.create(name="Mairie de Brest", source=hub, city="Brest", state="PUBLISHED")
        real.serves.add(Neighbourhood.objects.first())
        actor = Partner.objects.create(name="La mission locale")

        assert remove().endswith("exemples enlevés.")

        assert list(Place.objects.all()) == [real]
        assert list(Partner.objects.all()) == [actor]
        assert not Neighbourhood.objects.exists()
        assert not Occurrence.objects.exists()
        assert not Place.history.exclude(id=real.pk).exists()
        assert Theme.objects.count() == 5
        assert Commune.objects.filter(name="Brest").exists()
        assert set(Posting.objects.values_list("place", flat=True)) == {real.pk}

    def test_again_changes_nothing_and_says_so(self):
        assert remove() == "Il n’y a plus de démonstration ici : rien n’a changé."
