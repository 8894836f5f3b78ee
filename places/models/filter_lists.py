"""The lists by which places are filtered, read whole in one query: a hundred rows, half a millisecond."""

from django.db import connection

from .reference import Audience, Fee, PlaceKind, Service, Theme, in_language

FILTERS = {"service": Service, "theme": Theme, "audience": Audience, "kind": PlaceKind, "fee": Fee}
# What a row is made from, in the order of the models; any other field of it costs a query of its own.
FIELDS = ["id", "code", "name", "rank"]


def read_filter_lists():
    """{filter: its rows, in the order in which people should meet them}."""
    found = {name: [] for name in FILTERS}
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        for name, *values in cursor.fetchall():
            found[name].append(values)
    return {
        name: [_row(name, *values) for values in sorted(rows, key=_in_order)] for name, rows in found.items()
    }


def _row(filter_name, pk, code, name, rank):
    return FILTERS[filter_name].from_db(connection.alias, FIELDS, [pk, code, in_language(name), rank])


def _in_order(values):
    _pk, code, _name, rank = values
    return rank, code


_SQL = " UNION ALL ".join(
    f"SELECT '{name}', {', '.join(FIELDS)} FROM {model._meta.db_table}" for name, model in FILTERS.items()
)
