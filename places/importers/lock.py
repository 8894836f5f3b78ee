"""One import at a time: two at once would each undo what the other has just compared."""

import fcntl
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from .report import FileError

ADVISORY_KEY = 0x45504E  # "EPN"; any number that nothing else takes


@contextmanager
def only_import():
    """Held for the whole import, let go when the process ends, even killed. Raises FileError when taken."""
    hold = _hold_in_database if connection.vendor == "postgresql" else _hold_beside_file
    with hold() as is_ours:
        if not is_ours:
            raise FileError(_("Une autre importation est en cours : attendez qu’elle finisse."))
        yield


@contextmanager
def _hold_in_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])


@contextmanager
def _hold_beside_file():
    path = Path(connection.settings_dict["NAME"])
    with path.with_name(f"{path.name}.import-lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
