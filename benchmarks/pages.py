"""Server time of the pages, in this process, on the database of DATABASE_URL.

    .venv/bin/python benchmarks/pages.py [--rounds 40] [--only text]

For each page: median and 95th percentile in ms, of them the processor's own (median; the rest is the
database, or other work of the machine), queries, and kB over the wire (gzip). Pages of places, neighbourhoods
and partners are drawn from the database, spread over it.
"""

import argparse
import gc
import gzip
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epn_directory.settings")
os.environ |= {"TLS": "0", "DEBUG": "0"}

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from places.models import Neighbourhood, Partner, Place, Workshop  # noqa: E402

QUERIES = ["imprimer grigny", "mediateque tolouse", "cv", "centre social nice", "69008", "val fourré"]
TYPED = ["br", "bresr", "st+den", "imprimer+gri", "cv", "29200", "mediat", "tolouse", "bellevue", "xqzt"]
POSITIONS = [(2.3908, 48.6566), (-4.486, 48.390), (1.444, 43.604), (4.835, 45.757)]
SAMPLE = 20
FOLDERS = {Place: "lieux", Neighbourhood: "quartiers", Workshop: "ateliers", Partner: "partenaires"}


def pages():
    """{name: addresses}: each round takes the next address."""
    return {
        "home": ["/"],
        "results: words": [f"/?q={q.replace(' ', '+')}" for q in QUERIES],
        "results: near": [f"/?lon={lon}&lat={lat}" for lon, lat in POSITIONS],
        "results: near, words": [f"/?q=imprimer&lon={lon}&lat={lat}" for lon, lat in POSITIONS],
        "results: open now, filters": [
            f"/?open=1&service=aide-aux-demarches-administratives&lon={lon}&lat={lat}"
            for lon, lat in POSITIONS
        ],
        "results: all, page 3": ["/?q=&page=3&sort=relevance&fee=gratuit"],
        "suggestions": [f"/suggestions.json?q={typed}" for typed in TYPED],
        "points: one town": ["/carte/points.json?q=toulouse"],
        "points: all": ["/carte/points.json"],
        "points: all, the file": ["/carte/tous.bin"],
        "box of a town": ["/carte/lieux.geojson?bbox=4.77,45.7,4.9,45.81"],
        "nearest 20": [f"/carte/lieux.geojson?limit=20&lon={lon}&lat={lat}" for lon, lat in POSITIONS],
        "place": spread(Place.objects.published()),
        "neighbourhoods": ["/quartiers/"],
        "neighbourhood": spread(Neighbourhood.objects.current()),
        "agenda": ["/agenda/"],
        "workshop": spread(Workshop.objects.published()),
        "partners": ["/partenaires/"],
        "partner": spread(Partner.objects.published()),
    }


def spread(rows):
    """Addresses of pages, drawn from all over the table."""
    slugs = list(rows.order_by("pk").values_list("slug", flat=True))
    step = max(1, len(slugs) // SAMPLE)
    return [f"/{FOLDERS[rows.model]}/{slug}/" for slug in slugs[::step][:SAMPLE]]


def measure(client, addresses, rounds):
    """(ms of each round, ms of the processor, queries of the hungriest address, kB of the largest)."""
    queries, size = 0, 0
    client.get(addresses[0])  # the first answer of a process reads names and words that are then held
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        if response.status_code not in {200, 302}:
            sys.exit(f"{address}: {response.status_code}")
        queries = max(queries, len(captured))
        size = max(size, len(gzip.compress(response.content, 6)))
    times, busy = [], []
    for number in range(max(rounds, len(addresses))):
        start, busy_before = time.perf_counter(), time.process_time()
        client.get(addresses[number % len(addresses)])
        times.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - busy_before) * 1000)
    return times, busy, queries, size / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    client = Client(headers={"host": "localhost"})
    gc.collect()
    gc.freeze()  # as serving.py does
    print(f"{connection.vendor}, {Place.objects.published().count()} places, {options.rounds} rounds")
    print(f"{'page':28}{'median ms':>11}{'95th ms':>9}{'CPU ms':>8}{'queries':>9}{'kB gz':>8}")
    for name, addresses in pages().items():
        if options.only not in name or not addresses:
            continue
        times, busy, queries, size = measure(client, addresses, options.rounds)
        high = statistics.quantiles(times, n=20)[-1]
        middle, busy = statistics.median(times), statistics.median(busy)
        print(f"{name:28}{middle:11.1f}{high:9.1f}{busy:8.1f}{queries:9}{size:8.1f}")


if __name__ == "__main__":
    main()
