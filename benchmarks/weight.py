"""What a cheap telephone waits for, on the database of DATABASE_URL: kB over the wire, and the first paint.

    .venv/bin/python benchmarks/weight.py [--only text]

The site, as bin/run serves it, in a Chromium of 360 × 640 (Debian's chromium-headless-shell), 4 times slower
than this machine, on a network of 400 kbit/s and 400 ms. For each page: kB with headers, without tiles of the
map, and requests; the largest contentful paint (LCP) and what it is; the same for a second view from
the same browser; the heaviest files. The worker that keeps pages for reading offline is left out: its own
requests cannot be slowed down, and a second view would seem to come from nowhere.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epn_directory.settings")
os.environ |= {"TLS": "0", "DEBUG": "0", "TILE_URL": "", "WEB_CONCURRENCY": "2"}

import django

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402
from server import served  # noqa: E402

from places.models import Neighbourhood, Place  # noqa: E402

NEAR = "/?lon=-4.486&lat=48.390"
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
SETTLED_MS = 2_500
HEAVIEST = 4
LARGEST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1);
    const { element } = last;
    resolve([last.startTime, element ? `${element.tagName.toLowerCase()}.${element.className}` : last.url]);
  }).observe({ type: "largest-contentful-paint", buffered: true });
})"""


def pages():
    """{name: (address, whether the map is opened)}"""
    place = Place.objects.published().located().exclude(phone="").order_by("pk")[100]
    with_most = Neighbourhood.objects.current().with_most_places(1)[0]
    return {
        "home": ("/", False),
        "list": (NEAR, False),
        "list with map": (NEAR, True),
        "place": (place.get_absolute_url(), False),
        "neighbourhood": (with_most.get_absolute_url(), False),
    }


class Phone:
    """One visitor, whose browser keeps what it may keep."""

    def __init__(self, browser, base):
        self.base = base
        context = browser.new_context(
            viewport={"width": 360, "height": 640}, locale="fr-FR", service_workers="block"
        )
        self.page = context.new_page()
        wire = context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", NETWORK)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.addresses, self.sizes = {}, {}
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._loaded)

    def _answered(self, event):
        self.addresses[event["requestId"]] = event["response"]["url"]

    def _loaded(self, event):
        if event["encodedDataLength"]:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def view(self, address, opens_map):
        """(kB, requests, seconds to the largest paint, what it is, [(kB, file)] of the heaviest)."""
        self.sizes.clear()
        self.page.goto(self.base + address)
        self._settle()
        paint, element = self.page.evaluate(LARGEST_PAINT)
        if opens_map:
            self.page.locator("[data-epn-map-toggle]").click()
            self.page.locator(".leaflet-marker-icon").first.wait_for()
            self._settle()
        named = (
            (size / 1000, self.addresses[request].rsplit("/", 1)[-1]) for request, size in self.sizes.items()
        )
        heaviest = sorted(named, reverse=True)[:HEAVIEST]
        return sum(self.sizes.values()) / 1000, len(self.sizes), paint / 1000, element, heaviest

    def _settle(self):
        """Wait until nothing has come for a while."""
        count = -1
        while count != len(self.sizes):
            count = len(self.sizes)
            self.page.wait_for_timeout(SETTLED_MS)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    only = parser.parse_args().only
    chosen = {name: page for name, page in pages().items() if only in name}
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    print(f"{'page':16}{'kB':>7}{'requests':>10}{'LCP s':>7}{'2nd kB':>8}{'LCP s':>7}  what; heaviest")
    with served() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, (address, opens_map) in chosen.items():
            phone = Phone(browser, f"http://127.0.0.1:{port}")
            first, second = (phone.view(address, opens_map) for _visit in range(2))
            size, count, paint, element, heaviest = first
            print(f"{name:16}{size:7.1f}{count:10}{paint:7.1f}{second[0]:8.1f}{second[2]:7.1f}", end="  ")
            print(element, *(f"{file} {kilobytes:.1f}" for kilobytes, file in heaviest), sep="; ")
        browser.close()


if __name__ == "__main__":
    main()
