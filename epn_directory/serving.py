"""How gunicorn serves the site: gunicorn --config epn_directory/serving.py epn_directory.wsgi"""

import gc
import os

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True  # the code is read once, not once a worker
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # a heartbeat must not wait for a disk
loglevel = "warning"


def when_ready(server):
    address = f"http://{bind.replace('0.0.0.0', '127.0.0.1')}"
    print(f"\nLe site est ouvert : {address}/\nL’administration : {address}/admin/", flush=True)  # noqa: T201
    print("Ctrl-C arrête tout.", flush=True)  # noqa: T201


def post_worker_init(worker):
    # What was loaded stays: without looking through all of it again and again for what could be thrown away,
    # a worker answers a third more requests for a box of places, and a tenth more pages.
    gc.collect()
    gc.freeze()
