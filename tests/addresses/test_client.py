"""The address service over a real connection: what it is told, and what is made of its worst days."""

import json
import logging
from time import monotonic

import pytest

from places.addresses import Unreachable, client, find
from tests.addresses.service import SIAM, collection, feature

LABEL, LON, LAT = SIAM


@pytest.fixture
def hasty(monkeypatch):
    """A deadline that tests can wait for."""
    monkeypatch.setattr(client, "TIMEOUT_S", 0.3)


class TestAsking:
    def test_gives_the_addresses_in_the_order_of_the_service(self, service):
        service.answers(feature(*SIAM), feature("Rue de Siam 29200 Brest", -4.49, 48.39, kind="street"))
        first, second = find("12 rue de Siam, Brest")
        assert (first.label, first.position, first.score) == (LABEL, (LON, LAT), 0.96)
        assert second.label == "Rue de Siam 29200 Brest"

    def test_says_the_words_and_nothing_of_who_typed_them(self, service):
        find("12 rue de Siam, Brest")
        ((fields, headers),) = service.asked
        assert fields == {"q": "12 rue de siam brest", "limit": "5", "autocomplete": "0"}
        assert set(headers) == {"Accept-Encoding", "Host", "User-Agent", "Accept", "Connection"}

    def test_tells_the_town_that_was_named_roughly(self, service):
        find("rue de Siam", near=(-4.48612, 48.39041))
        ((fields, _headers),) = service.asked
        assert (fields["lon"], fields["lat"]) == ("-4.49", "48.39")

    def test_asks_once_for_the_same_words_however_they_are_written(self, service):
        assert find("12 rue de Siam, Brest") == find("  12 RUE de siam BREST ")
        assert len(service.asked) == 1

    def test_remembers_that_nothing_was_found(self, service):
        service.answers()
        assert find("rue qui n’existe pas") == find("rue qui n’existe pas") == []
        assert len(service.asked) == 1

    def test_towns_are_left_to_our_own_index(self, service):
        service.answers(feature("Brest", LON, LAT, kind="municipality"))
        assert find("rue brest") == []

    def test_two_letters_are_not_asked_for(self, service):
        assert find("r.") == []
        assert service.asked == []


def answer_without(name):
    one = feature(*SIAM)
    del one["properties"][name]
    return collection(one)


def answer_with(**properties):
    one = feature(*SIAM)
    one["properties"] |= properties
    return collection(one)


def answer_at(*coordinates, kind="Point"):
    one = feature(*SIAM)
    one["geometry"] = {"type": kind, "coordinates": list(coordinates)}
    return collection(one)


NOT_AN_ANSWER = {
    "a list": [],
    "null": None,
    "an object of another kind": {"type": "Feature"},
    "no features": {"type": "FeatureCollection"},
    "features that are no list": {"type": "FeatureCollection", "features": {}},
    "a feature that is a word": collection("Brest"),
    "a feature without properties": collection({"type": "Feature"}),
    "no label": answer_without("label"),
    "no city": answer_without("city"),
    "no score": answer_without("score"),
    "no type": answer_without("type"),
    "an empty label": answer_with(label="\x00 "),
    "a label that never ends": answer_with(label="rue " * 100),
    "a label that is a number": answer_with(label=12),
    "a score in words": answer_with(score="0.96"),
    "a score that is a truth": answer_with(score=True),
    "no geometry": collection(feature(*SIAM) | {"geometry": None}),
    "three numbers": answer_at(LON, LAT, 12.0),
    "numbers in words": answer_at("-4.48", "48.39"),
    "metres": answer_at(145924.57, 6836993.99),
    "latitude first": answer_at(LAT, LON),
    "a line": answer_at([LON, LAT], [LON, LAT], kind="LineString"),
}


class TestAnswerIsReadStrictly:
    @pytest.mark.parametrize("answer", NOT_AN_ANSWER.values(), ids=NOT_AN_ANSWER)
    def test_what_is_not_as_documented_is_no_answer(self, answer, service):
        service.says(json.dumps(answer).encode())
        with pytest.raises(Unreachable):
            find("12 rue de Siam")

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<!doctype html><title>Maintenance</title>",
            b'{"type": "FeatureCollection", "features": [',
            b'{"type": "FeatureCollection", "features": [NaN]}',
            b"[" * 100_000,
            b"\xff\xfe",
        ],
        ids=["nothing", "html", "half of it", "NaN", "brackets", "not UTF-8"],
    )
    def test_what_is_not_json_is_no_answer(self, body, service):
        service.says(body)
        with pytest.raises(Unreachable):
            find("12 rue de Siam")

    @pytest.mark.parametrize("status", [204, 400, 403, 404, 429, 500, 503])
    def test_a_refusal_is_no_answer(self, status, service):
        service.answers(status=status)
        with pytest.raises(Unreachable):
            find("12 rue de Siam")

    def test_words_are_not_sent_on_to_where_a_redirect_points(self, service):
        service.says(b"", status=302, Location=f"{service.url}?q=ailleurs")
        with pytest.raises(Unreachable):
            find("12 rue de Siam")
        assert service.texts == ["12 rue de siam"]

    def test_a_huge_answer_is_not_read_to_its_end(self, service):
        service.says(b" " * (client.LONGEST_BODY + 1))
        with pytest.raises(Unreachable):
            find("12 rue de Siam")


class TestDeadline:
    def test_a_silent_service_is_waited_for_briefly(self, service, hasty):
        service.says(b"", pause_s=5)
        start = monotonic()
        with pytest.raises(Unreachable):
            find("12 rue de Siam")
        assert monotonic() - start < 1

    def test_an_answer_that_drips_is_given_up(self, service, hasty):
        service.says(json.dumps(collection(feature(*SIAM))).encode(), pause_s=0.05, piece=1)
        start = monotonic()
        with pytest.raises(Unreachable):
            find("12 rue de Siam")
        assert monotonic() - start < 1

    def test_a_name_that_is_not_looked_up_in_time_is_given_up(self, settings, service, hasty, monkeypatch):
        monkeypatch.setattr(client, "_fetch", lambda url: service.stopped.wait(5))
        start = monotonic()
        with pytest.raises(Unreachable):
            find("12 rue de Siam")
        assert monotonic() - start < 1

    def test_nobody_there_is_told_at_once(self, settings, service):
        settings.ADDRESS_URL = "http://127.0.0.1:9/geocodage/search"
        start = monotonic()
        with pytest.raises(Unreachable):
            find("12 rue de Siam")
        assert monotonic() - start < 1


class TestCircuit:
    def fail(self, times):
        for number in range(times):
            with pytest.raises(Unreachable):
                find(f"{number} rue de Siam")

    def test_three_failures_in_a_row_spare_the_service_and_the_visitors(self, service):
        service.answers(status=500)
        self.fail(5)
        assert len(service.asked) == 3

    def test_an_answer_in_between_starts_the_count_again(self, service):
        service.answers(status=500)
        self.fail(2)
        service.answers()
        find("rue de Siam")
        service.answers(status=500)
        self.fail(2)
        assert len(service.asked) == 5

    def test_what_is_remembered_is_still_told_meanwhile(self, service):
        find("rue de Siam")
        service.answers(status=500)
        self.fail(3)
        assert find("rue de Siam")[0].label == LABEL

    def test_after_a_pause_one_call_tries_and_its_success_is_for_all(self, service, monkeypatch):
        now = [0.0]
        monkeypatch.setattr(client, "circuit", client.Circuit(clock=lambda: now[0]))
        service.answers(status=500)
        self.fail(3)
        now[0] = 59.9
        self.fail(1)
        assert len(service.asked) == 3
        now[0] = 60.0
        service.answers(feature(*SIAM))
        assert find("rue de Siam")
        assert find("rue Jean Jaurès")
        assert len(service.asked) == 5

    def test_after_a_pause_a_second_failure_pauses_again(self, service, monkeypatch):
        now = [0.0]
        monkeypatch.setattr(client, "circuit", client.Circuit(clock=lambda: now[0]))
        service.answers(status=500)
        self.fail(3)
        now[0] = 60.0
        self.fail(3)
        assert len(service.asked) == 4

    def test_the_log_says_so_once_and_keeps_the_words_to_itself(self, service, caplog):
        service.answers(status=503)
        with caplog.at_level(logging.WARNING, logger="places.addresses"):
            self.fail(5)
        (record,) = caplog.records
        assert "HTTP 503" in record.getMessage()
        assert "siam" not in caplog.text.lower()
