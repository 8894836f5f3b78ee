"""The site as bin/run serves it, on a free port, for what is measured from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
APPLICATION = "django.core.wsgi:get_wsgi_application()"
COMMAND = [sys.executable, "-m", "gunicorn", "--config", "epn_directory/serving.py", APPLICATION]


@contextmanager
def served(settings="epn_directory.settings"):
    """Its port, while it answers."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "DJANGO_SETTINGS_MODULE": settings}
    environment["PYTHONPATH"] = str(Path(__file__).parent)
    server = subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _await(port):
    """Until it answers: before its workers are there, connections only wait."""
    for _attempt in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as asked:
                asked.sendall(b"GET /sante/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if asked.recv(1):
                    return
        except ConnectionRefusedError:
            pass
        time.sleep(0.1)
    sys.exit("The server did not start.")
