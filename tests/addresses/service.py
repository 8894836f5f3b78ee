"""An address service on this machine: it answers in the national one's format, or as badly as asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SIAM = ("12 Rue de Siam 29200 Brest", -4.4861, 48.3904)


def feature(label, lon, lat, *, kind="housenumber", score=0.96):
    """One address as the service writes it; its codes are those of SIAM."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "label": label,
            "score": score,
            "id": "29019_8390_00012",
            "name": label,
            "postcode": "29200",
            "citycode": "29019",
            "x": 145924.57,
            "y": 6836993.99,
            "city": "Brest",
            "context": "29, Finistère, Bretagne",
            "type": kind,
            "importance": 0.6,
            "_type": "address",
        },
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


class Service:
    """What it is to answer next, and what it was asked."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/geocodage/search"
        self.asked = []  # (query fields, headers) of each request
        self.stopped = threading.Event()
        self.status, self.headers = 200, {}
        self.answers(feature(*SIAM))

    def answers(self, *features, status=200):
        self.says(json.dumps(collection(*features)).encode(), status=status)

    def says(self, body, *, status=200, pause_s=0.0, piece=None, **headers):
        """`body` as it stands, after `pause_s` seconds before each `piece` bytes (before all, without)."""
        self.body, self.status, self.pause_s, self.piece = body, status, pause_s, piece
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def texts(self):
        return [fields["q"] for fields, _headers in self.asked]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        service = self.server.service
        query = parse_qs(urlsplit(self.path).query)
        service.asked.append(({name: values[0] for name, values in query.items()}, dict(self.headers)))
        piece = service.piece or len(service.body) or 1
        if service.stopped.wait(service.pause_s):
            return
        self.send_response(service.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        for name, value in service.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for start in range(0, len(service.body), piece):
                self.wfile.write(service.body[start : start + piece])
                if service.piece and service.stopped.wait(service.pause_s):
                    return
        except OSError:
            pass  # who asked has gone

    def log_message(self, *args):
        pass


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.service = Service(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.service
    finally:
        server.service.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
