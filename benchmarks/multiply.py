"""Multiplies the places of a scratch database on PostGIS, to see how the site fares with many more of them.

    createdb --template epn epn_scale
    DATABASE_URL=postgis:///epn_scale .venv/bin/python benchmarks/multiply.py 100000
    DATABASE_URL=postgis:///epn_scale .venv/bin/python benchmarks/pages.py --only results

The name of the database must end with "_scale": what is multiplied cannot be told from a directory any more.
Copies belong to the source "copies" and have "-copie-" in their address; each keeps the words, the help and
the hours of the place that it copies, and lies in a commune drawn from all of them, as if every village had
as many. The draw is the same each time. A hundred thousand places take half a gigabyte, a million six; the
account has to be that of an administrator of PostgreSQL.
"""

import argparse
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epn_directory.settings")
os.environ |= {"TLS": "0", "DEBUG": "0"}

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from places.models import FilterCodes, IndexStamp, Place, Posting, Source  # noqa: E402

# What of a copy is not as in the place that it copies; `n` is its number, `town` where it lies.
OTHERWISE = {
    "id": "place.id + n * %(step)s",
    "slug": "left(place.slug, 150) || '-copie-' || n",
    "external_id": "'copie-' || n || '-' || place.id",
    "source_id": "%(source)s",
    "commune_id": "town.id",
    "city": "left(town.name, 120)",
    "postcode": "left(town.postcodes, 5)",
    # Within a kilometre or two of the middle of the commune.
    "location": "ST_Translate(town.location, {east} / 1e6 - 0.015, {north} / 1e6 - 0.015)".format(
        east="(abs(hashint8(place.id * 31 + n)::bigint) %% 30000)",
        north="(abs(hashint8(place.id * 37 + n)::bigint) %% 30000)",
    ),
    "neighbourhood_id": "NULL",
    "neighbourhood_certainty": "'UNKNOWN'",
}
PLACES = """
WITH towns AS (
    SELECT id, name, postcodes, location, row_number() OVER (ORDER BY id) - 1 AS number
    FROM places_commune WHERE location IS NOT NULL
)
INSERT INTO places_place ({columns})
SELECT {values}
FROM places_place place
CROSS JOIN generate_series(1, %(copies)s) n
JOIN towns town ON town.number = abs(hashint8(place.id * 7919 + n)::bigint) %% (SELECT count(*) FROM towns)
WHERE place.id <= %(step)s
"""
LINKED = """
INSERT INTO {table} (place_id, {columns})
SELECT place_id + n * %(step)s, {columns} FROM {table} CROSS JOIN generate_series(1, %(copies)s) n
WHERE place_id <= %(step)s
"""


INDEXES = """
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid), constraints.conname,
    pg_get_constraintdef(constraints.oid)
FROM pg_index LEFT JOIN pg_constraint constraints ON conindid = indexrelid AND contype = 'u'
WHERE indrelid = %s::regclass AND NOT indisprimary
"""


@contextmanager
def without_indexes(cursor, tables):
    """Rows are added much faster where indexes are made once, at the end."""
    remake = []
    for table in tables:
        cursor.execute(INDEXES, [table])
        for index, definition, constraint, rule in cursor.fetchall():
            if constraint:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
                remake.append(f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {rule}')
            else:
                cursor.execute(f"DROP INDEX {index}")
                remake.append(definition)
    yield
    for statement in remake:
        cursor.execute(statement)


def multiply(cursor, wanted):
    count, step = Place.objects.count(), Place.objects.order_by("-pk").values_list("pk", flat=True)[0]
    source, _created = Source.objects.get_or_create(
        code="copies", defaults={"name": "Copies", "is_demonstration": True}
    )
    # Checking foreign keys would take nine tenths of the time, and all of them are right.
    cursor.execute("SET LOCAL session_replication_role = replica")
    numbers = {"step": step, "copies": max(0, round(wanted / count) - 1), "source": source.pk}
    columns = [field.column for field in Place._meta.concrete_fields]
    values = [OTHERWISE.get(column, f"place.{column}") for column in columns]
    places = PLACES.format(columns=", ".join(columns), values=", ".join(values))
    through = [field.remote_field.through for field in Place._meta.many_to_many]
    linked = [FilterCodes, Posting, *through]
    with without_indexes(cursor, [model._meta.db_table for model in (Place, *linked)]):
        cursor.execute(places, numbers)
        for model in linked:
            columns = {field.column for field in model._meta.concrete_fields} - {"id", "place_id"}
            sql = LINKED.format(table=model._meta.db_table, columns=", ".join(sorted(columns)))
            cursor.execute(sql, numbers)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", type=int, help="how many there are to be, about")
    wanted = parser.parse_args().places
    if connection.vendor != "postgresql" or not connection.settings_dict["NAME"].endswith("_scale"):
        sys.exit("Only in a scratch database on PostGIS, whose name ends with _scale.")
    if Source.objects.filter(code="copies").exists():
        sys.exit("These places are multiplied already.")
    start = time.perf_counter()
    with connection.cursor() as cursor:
        with transaction.atomic():
            multiply(cursor, wanted)
            IndexStamp.renew()
        cursor.execute("ANALYZE")
    print(f"{Place.objects.count()} places after {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
