"""Gives real places the workshops of the demonstration, for trials; each is marked as an example."""

import datetime as dt
from itertools import cycle, islice
from uuid import NAMESPACE_URL, uuid5

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.models import GENERATED, WINDOW_DAYS, Place, Workshop
from places.models.place import batched

from .load_demonstration import Territory, records_of

BATCH = 200
# Of a record: what ties it to the demonstration, and may not be at a real place.
TIES = {"slug", "place", "host_partner", "host_address", "host_location"}


class Command(BaseCommand):
    help = _("Donne des ateliers d’exemple à de vrais lieux, pour essayer. remove_demonstration les enlève.")

    def add_arguments(self, parser):
        parser.add_argument("--places", type=int, default=200, help=_("à combien de lieux (200)"))
        parser.add_argument("--each", type=int, default=2, help=_("combien d’ateliers par lieu (2)"))

    def handle(self, *, places, each, verbosity, **options):
        if places < 1 or not 1 <= each <= 20:
            raise CommandError(_("Donnez au moins un lieu, et de 1 à 20 ateliers par lieu."))
        now = timezone.now()
        today = timezone.localdate(now)
        territory = Territory(today)
        # The fullest listings first: a trial looks at pages that hold something.
        real = Place.objects.published().filter(source__is_demonstration=False)
        chosen = list(real.select_related("commune").order_by("-completeness", "pk")[:places])
        records = cycle(records_of("workshops.json"))
        added = 0
        for batch in batched(chosen, BATCH):
            with transaction.atomic():
                added += sum(give(territory, place, list(islice(records, each))) for place in batch)
        ahead = Workshop.objects.generated().schedule(
            today + dt.timedelta(days=WINDOW_DAYS), since=today, at=now
        )
        if verbosity:
            workshops = ngettext("%(n)d atelier d’exemple ajouté", "%(n)d ateliers d’exemple ajoutés", added)
            sessions = ngettext("%(n)d séance à venir", "%(n)d séances à venir", ahead.ahead_count)
            told = (workshops % {"n": added}, sessions % {"n": ahead.ahead_count})
            self.stdout.write("{}, {}.".format(*told))


def give(territory, place, records):
    """Add to `place` what it lacks of `records`; say how many."""
    uids = [f"{GENERATED}{uuid5(NAMESPACE_URL, f'{place.slug} {rank}')}" for rank in range(len(records))]
    known = set(Workshop.objects.filter(uid__in=uids).values_list("uid", flat=True))
    missing = [(uid, record) for uid, record in zip(uids, records, strict=True) if uid not in known]
    for uid, record in missing:
        told = {name: value for name, value in record.items() if name not in TIES}
        territory.add(Workshop, told, place=place, uid=uid)
    return len(missing)
