"""Sessions as a calendar (iCalendar, RFC 5545) that telephones and computers read and follow."""

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _
from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
)

from places.domain.clocks import changes
from places.domain.text import tidy

# How often a calendar that follows this one should look again.
REFRESH = dt.timedelta(hours=6)
REMINDER = dt.timedelta(days=-1)


def as_calendar(occurrences, *, name, absolute, has_reminder=False):
    """The bytes of a calendar called `name`; the occurrences come from `for_rows()`.

    `absolute` makes a path of this site a whole address. The same sessions give the same bytes.
    """
    rows = list(occurrences)
    calendar = Calendar()
    for key, value in (
        ("prodid", "-//Espaces publics numeriques//Agenda//FR"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", tidy(name)),
        ("x-wr-calname", tidy(name)),
    ):
        calendar.add(key, value)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for zone in zones_of(rows):
        calendar.add_component(zone)
    for row in rows:
        event = event_of(row, absolute)
        if has_reminder:
            event.add_component(reminder_of(row))
        calendar.add_component(event)
    return calendar.to_ical()


def event_of(occurrence, absolute):
    workshop = occurrence.workshop
    title = tidy(workshop.title)
    venue = occurrence.venue
    url = absolute(occurrence.get_absolute_url())
    event = Event()
    event.add("uid", occurrence.uid)
    changed_at = max(occurrence.updated_at, workshop.updated_at).astimezone(dt.UTC).replace(microsecond=0)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", workshop.sequence + occurrence.sequence)
    event.add("dtstart", occurrence.local_start)
    event.add("dtend", occurrence.local_end)
    # Many calendars show no sign of the status: the title says it too.
    is_off = occurrence.is_cancelled
    event.add("summary", _("Annulé\u00a0: %(title)s") % {"title": title} if is_off else title)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if venue.line:
        event.add("location", tidy(venue.line))
    if venue.location:
        event.add("geo", (round(venue.location.y, 6), round(venue.location.x, 6)))
    event.add("description", "\n".join(tidy(str(line)) for line in lines_about(occurrence, url) if line))
    event.add("url", url)
    if themes := [theme.name for theme in workshop.themes.all()]:
        event.add("categories", themes)
    return event


def lines_about(occurrence, url):
    """What one wants to know before going, a line each; "" for what is unknown."""
    workshop = occurrence.workshop
    place = workshop.place
    yield occurrence.message
    if not occurrence.is_cancelled:
        yield occurrence.get_seats_display() if occurrence.seats else ""
        for way in workshop.booking_ways:
            yield f"{way.sentence} {way.link_text if way.link.startswith(('tel:', 'mailto:')) else way.link}"
        yield workshop.what_to_bring and _("À apporter\u00a0: %(what)s") % {"what": workshop.what_to_bring}
        yield _("Vous pouvez venir avec quelqu’un.") if workshop.companion_welcome else ""
        yield workshop.fee.name if workshop.fee else ""
    yield ", ".join(filter(None, (place.name, place.phone_display)))
    yield _("C’est un exemple.") if workshop.is_demonstration else ""
    yield url


def reminder_of(occurrence):
    """On the day before, at the same hour."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", tidy(occurrence.workshop.title))
    alarm.add("trigger", REMINDER)
    return alarm


# -- Clocks --------------------------------------------------------------------------------------


def zones_of(rows):
    """A VTIMEZONE for each clock that the sessions go by, over the years of its sessions.

    Written here: `add_missing_timezones()` tells the change of March an hour late.
    """
    years = defaultdict(set)
    for row in rows:
        years[row.workshop.place.timezone] |= {row.local_start.year, row.local_end.year}
    for zone, of_zone in sorted(years.items(), key=lambda pair: pair[0].key):
        first, last = dt.date(min(of_zone) - 1, 12, 31), dt.date(max(of_zone), 12, 31)
        yield timezone_of(zone, first, last)


def timezone_of(zone, first, last):
    written = Timezone()
    written.add("tzid", zone.key)
    for change in changes(zone, first, last):
        part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        part.add("dtstart", change.on_wall)
        part.add("tzoffsetfrom", change.before)
        part.add("tzoffsetto", change.after)
        part.add("tzname", change.name)
        written.add_component(part)
    return written
