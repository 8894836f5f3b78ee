"""Which of some places are open this evening, and on Saturday: for people who work."""

import datetime as dt

from places.domain.hours import State

EVENING = dt.time(18, 30)
SATURDAY = 5


def open_this_evening(places, at):
    """[(place, when it closes)] of those open past 18:30 today and not closed yet, the latest first."""
    found = []
    for place in places:
        local = at.astimezone(place.timezone)
        spans = _spans_of(place, local.date())
        closing = [span.closes for span in spans if span.closes > EVENING and span.closes > local.time()]
        if closing and place.status.state is not State.UNKNOWN:
            found.append((place, max(closing)))
    return sorted(found, key=lambda pair: (pair[1], pair[0].folded_name), reverse=True)


def open_on_saturday(places, at):
    """[(place, its spans)] of those open on the Saturday that comes, today included."""
    found = []
    for place in places:
        today = at.astimezone(place.timezone).date()
        spans = _spans_of(place, today + dt.timedelta(days=(SATURDAY - today.weekday()) % 7))
        if spans:
            found.append((place, spans))
    return found


def _spans_of(place, day):
    week = place.week(day - dt.timedelta(days=day.weekday()))
    return next((each.spans for each in week if each.date == day), [])
