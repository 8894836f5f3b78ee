"""Moves the window of the agenda on, and the coverage with what has changed: to be run once a day.

Two runs at once take turns.
"""

import datetime as dt

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.domain.french import date_name
from places.models import WINDOW_DAYS, Coverage, Workshop


class Command(BaseCommand):
    help = _("Programme les séances à venir de tous les ateliers en ligne. À lancer chaque jour.")

    def handle(self, **options):
        today = timezone.localdate()
        until = today + dt.timedelta(days=WINDOW_DAYS)
        scheduled = Workshop.objects.published().schedule(until, since=today, at=timezone.now())
        if Coverage.objects.is_stale():
            Coverage.objects.refresh(at=timezone.now())
        for workshop, error in scheduled.faults:
            self.stderr.write(
                _("« %(workshop)s » (%(place)s) n’a pas été programmé : %(error)s")
                % {"workshop": workshop, "place": workshop.place, "error": error}
            )
        if options["verbosity"]:
            self.stdout.write(sentence(scheduled, until))


def sentence(scheduled, until):
    sessions = ngettext("%(n)d séance à venir", "%(n)d séances à venir", scheduled.ahead_count)
    workshops = ngettext("pour %(n)d atelier", "pour %(n)d ateliers", scheduled.workshop_count)
    return _("%(sessions)s %(workshops)s, jusqu’au %(date)s.") % {
        "sessions": sessions % {"n": scheduled.ahead_count},
        "workshops": workshops % {"n": scheduled.workshop_count},
        "date": date_name(until),
    }
