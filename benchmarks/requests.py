"""Requests per second of the site as bin/run serves it, with 2 workers, on the database of DATABASE_URL.

    .venv/bin/python benchmarks/requests.py [--clients 8] [--seconds 5] [--only text]

For each address: requests per second at so many clients on persistent connections, median and 95th percentile
in ms as a client sees them, and kB of an answer, uncompressed. The clients take their share of the same
processors. Boxes are drawn around places, each as wide as it takes to hold 100 or 1,000 of them. On PostGIS
the same is asked of `bare.py`, so that figures of two machines can be compared: "bare" is what it answers per
second, and "of bare" which part of that the site does. Below, the same query written by hand, by one client
without a web server, is what the database alone can do.
"""

import argparse
import os
import random
import selectors
import socket
import statistics
import sys
import time
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epn_directory.settings")
os.environ |= {"TLS": "0", "DEBUG": "0", "WEB_CONCURRENCY": "2"}

import django

django.setup()

from django.db import connection  # noqa: E402
from server import served  # noqa: E402

from places.models import Place  # noqa: E402

BOXES = 40
WIDEST_DEG = 3
BARE = {"box of 100", "box of 1000", "nearest 20", "place"}  # what bare.py answers too
NARROW = 0.7  # what a degree of longitude measures of one of latitude, in the middle of France
RAW = """SELECT id, ST_X(location), ST_Y(location), name, slug, address, postcode, city, phone
FROM places_place WHERE state = 'PUBLISHED' AND ST_Intersects(location, ST_GeomFromText(%s, 4326)) LIMIT %s"""


def boxes(points, count):
    """Boxes (west, south, east, north) that hold `count` of `points`."""
    found = []
    while len(found) < BOXES:
        lon, lat = random.choice(points)
        reaches = sorted(max(abs(x - lon) * NARROW, abs(y - lat)) for x, y in points)
        reach = reaches[count - 1] + 1e-5
        if reach < WIDEST_DEG:
            found.append((lon - reach / NARROW, lat - reach, lon + reach / NARROW, lat + reach))
    return found


def addresses(points):
    """{name: addresses}: each request takes the next one."""
    found = {}
    for count in (100, 1_000):
        found[f"box of {count}"] = [
            f"/carte/lieux.geojson?limit={count}&bbox={','.join(f'{degrees:.5f}' for degrees in box)}"
            for box in boxes(points, count)
        ]
    sample = random.sample(points, BOXES)
    found["nearest 20"] = [
        f"/carte/lieux.geojson?limit=20&lon={lon:.5f}&lat={lat:.5f}" for lon, lat in sample
    ]
    slugs = list(Place.objects.published().order_by("pk").values_list("slug", flat=True))
    found["place"] = [f"/lieux/{slug}/" for slug in random.sample(slugs, BOXES)]
    found["results near"] = [f"/?lon={lon:.5f}&lat={lat:.5f}" for lon, lat in sample]
    found["all points"] = ["/carte/tous.bin"]
    return found


class Client:
    """One connection, that asks again as soon as it is answered."""

    def __init__(self, port, requests):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.requests = requests
        self.times, self.sizes, self.wrong = [], [], 0
        self.ask()

    def ask(self):
        self.left, self.head = None, b""
        self.start = time.perf_counter()
        self.socket.sendall(next(self.requests))

    def read(self):
        received = self.socket.recv(1 << 18)
        if not received:
            sys.exit("The server closed a connection.")
        if self.left is None:
            self.head += received
            head, end, received = self.head.partition(b"\r\n\r\n")
            if not end:
                return
            self.left = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            self.sizes.append(self.left)
            self.wrong += head[9:12] not in (b"200", b"302")
        self.left -= len(received)
        if self.left == 0:
            self.times.append(time.perf_counter() - self.start)
            self.ask()


def measure(port, paths, clients, seconds):
    """(requests per second, their seconds, their bytes)."""
    asked = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths]

    def requests(first):
        while True:
            yield asked[first % len(asked)]
            first += 1

    chosen = selectors.DefaultSelector()
    running = [Client(port, requests(number * 7)) for number in range(clients)]
    for client in running:
        chosen.register(client.socket, selectors.EVENT_READ, client)
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        for key, _events in chosen.select(timeout=1):
            key.data.read()
    elapsed = time.perf_counter() - start
    for client in running:
        client.socket.close()
    if wrong := sum(client.wrong for client in running):
        sys.exit(f"{wrong} answers were not 200.")
    times = [each for client in running for each in client.times]
    return len(times) / elapsed, times, [each for client in running for each in client.sizes]


def raw(count, points, rounds=200):
    """Median ms of the query of a box alone."""
    shapes = [f"POLYGON(({w} {s},{e} {s},{e} {n},{w} {n},{w} {s}))" for w, s, e, n in boxes(points, count)]
    times = []
    with connection.cursor() as cursor:
        for number in range(rounds):
            start = time.perf_counter()
            cursor.execute(RAW, [shapes[number % len(shapes)], count])
            cursor.fetchall()
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    random.seed(6)
    points = list(Place.objects.published().located().values_list("lon", "lat"))
    asked = addresses(points)
    chosen = {name: paths for name, paths in asked.items() if options.only in name}
    has_bare = connection.vendor == "postgresql"
    print(f"{connection.vendor}, {len(points)} places, {options.clients} clients")
    print(
        f"{'address':16}{'requests/s':>12}{'median ms':>11}{'95th ms':>9}{'kB':>8}{'bare':>8}{'of bare':>9}"
    )
    with served() as port, served(settings="bare") if has_bare else nullcontext() as bare_port:
        for name, paths in chosen.items():
            rates, times, sizes, bare = [], [], [], []
            # By turns: the speed of a machine that others use changes while one looks.
            for second in range(options.seconds + 1):
                measured = measure(port, paths, options.clients, 1)
                with_bare = bare_port and name in BARE
                bare_rate = measure(bare_port, paths, options.clients, 1)[0] if with_bare else None
                if second:  # the first one warms up
                    rates.append(measured[0])
                    times += measured[1]
                    sizes += measured[2]
                    bare.append(bare_rate)
            rate, middle = statistics.median(rates), statistics.median(times) * 1000
            high = statistics.quantiles(times, n=20)[-1] * 1000
            size = statistics.mean(sizes) / 1000
            print(f"{name:16}{rate:12.0f}{middle:11.2f}{high:9.2f}{size:8.1f}", end="")
            if with_bare:
                ratio = statistics.median(one / other for one, other in zip(rates, bare, strict=True))
                print(f"{statistics.median(bare):8.0f}{ratio:9.2f}", end="")
            print()
    for count in (100, 1_000):
        print(f"query of a box of {count} alone: {raw(count, points):.2f} ms")


if __name__ == "__main__":
    main()
