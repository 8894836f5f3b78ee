"""Asking the address service: within a deadline, once for the same words, and not at all while it is down.

It learns the words of an address that somebody typed, and nothing of who typed them: the request is our own,
with neither the visitor's position nor anything of their browser.
"""

import hashlib
import logging
import threading
from http.client import HTTPException
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.cache import cache

from places.domain.text import fold

from .answer import Address, AnswerError, read
from .circuit import Circuit

TIMEOUT_S = 1.5  # people wait for the page
LONGEST_BODY = 256 * 1024  # five addresses are 3 kB
SHORTEST_TEXT, LONGEST_TEXT = 3, 200  # what the service takes
LIMIT = 5

FOUND_FOR_S = 24 * 3_600
NOTHING_FOR_S = 3_600

logger = logging.getLogger(__name__)
circuit = Circuit()


class Unreachable(Exception):
    """The address service gave no answer that can be used; nothing is known of the address."""


class _NoRedirect(HTTPRedirectHandler):
    """The words go to the service that was configured, and nowhere else."""

    def redirect_request(self, *args, **kwargs):
        return None


_opener = build_opener(_NoRedirect)


def is_offered() -> bool:
    return bool(settings.ADDRESS_URL)


def find(text: str, near: tuple[float, float] | None = None) -> list[Address]:
    """Addresses that `text` may mean, the likeliest first; [] when there is none. Unreachable on any trouble.

    `near` (lon, lat), the centre of a town or neighbourhood that was named, decides between equals.
    """
    text = fold(text)[:LONGEST_TEXT]
    if len(text) < SHORTEST_TEXT:
        return []
    query = {"q": text, "limit": LIMIT, "autocomplete": 0}
    if near:
        # A hundredth of a degree: a town is no more exact, and the answer is kept for more people.
        query |= {"lon": round(near[0], 2), "lat": round(near[1], 2)}
    asked = urlencode(query)
    key = "address:" + hashlib.sha256(f"{settings.ADDRESS_URL}?{asked}".encode()).hexdigest()
    addresses = cache.get(key)
    if addresses is None:
        addresses = _ask(asked)
        cache.set(key, addresses, FOUND_FOR_S if addresses else NOTHING_FOR_S)
    return addresses


def _ask(asked):
    if not circuit.lets_through():
        raise Unreachable
    try:
        addresses = read(_within_deadline(lambda: _fetch(f"{settings.ADDRESS_URL}?{asked}")))
    except (OSError, HTTPException, AnswerError) as error:
        if circuit.failed():
            # Without the words: they are no concern of a log.
            logger.warning("Address service left alone for %d s: %s", circuit.pause_s, _reason(error))
        raise Unreachable from error
    circuit.succeeded()
    return addresses


def _reason(error):
    return f"HTTP {error.code}" if isinstance(error, HTTPError) else f"{type(error).__name__}: {error}"


def _within_deadline(call):
    """What `call` returns, TimeoutError after TIMEOUT_S.

    In a thread, since nothing else bounds a look-up of a name, or headers that come byte by byte; one that
    is given up ends by itself, and the circuit sees to it that there are few.
    """
    outcome = {}

    def run():
        try:
            outcome["value"] = call()
        except Exception as error:  # raised again below, in the thread that waits
            outcome["error"] = error

    thread = threading.Thread(target=run, name="address-service", daemon=True)
    thread.start()
    thread.join(TIMEOUT_S)
    if "error" in outcome:
        raise outcome["error"]
    if "value" not in outcome:
        raise TimeoutError("no whole answer in time")
    return outcome["value"]


def _fetch(url):
    """The body at `url`, of at most LONGEST_BODY bytes."""
    deadline = monotonic() + TIMEOUT_S
    request = Request(url, headers={"Accept": "application/json", "User-Agent": "epn-directory"})
    with _opener.open(request, timeout=TIMEOUT_S) as response:
        if response.status != 200:
            raise AnswerError(f"HTTP {response.status}")
        body = bytearray()
        while part := response.read1(LONGEST_BODY):
            body += part
            if len(body) > LONGEST_BODY:
                raise AnswerError("an answer too long to be true")
            if monotonic() > deadline:
                raise TimeoutError("the answer came too slowly")
    return bytes(body)
