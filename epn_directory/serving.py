"""How gunicorn serves the site: gunicorn --config epn_directory/serving.py epn_directory.wsgi"""

import gc
import logging
import os
from importlib import import_module

from django.conf import settings
from django.db import DatabaseError, connection

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True  # the code is read once, not once a worker
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # a heartbeat must not wait for a disk
loglevel = "warning"


def when_ready(server):
    warm()
    address = f"http://{bind.replace('0.0.0.0', '127.0.0.1')}"
    print(f"\nLe site est ouvert : {address}/\nL’administration : {address}/admin/", flush=True)  # noqa: T201
    print("Ctrl-C arrête tout.", flush=True)  # noqa: T201


def warm():
    """Reads, before the workers part, what each of them would read for its first visitor."""
    import_module(settings.ROOT_URLCONF)
    try:
        # Not imported above: this file is read before Django is set up.
        import_module("places.search").suggest("premier mot")
    except DatabaseError as error:
        logging.getLogger(__name__).warning("Names and words are not read yet: %s", error)
    finally:
        connection.close()  # a connection is not for two processes
    # What was loaded stays: workers that do not look through all of it again and again for what could be
    # thrown away answer a third more requests for a box of places, and a tenth more pages.
    gc.collect()
    gc.freeze()
