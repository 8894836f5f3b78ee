"""Makes the site ready to serve, in one process; does only what is due."""

import errno
import fcntl
import hashlib
import socket
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from places import checks
from places.models import Commune, Coverage, Place, Theme


class Command(BaseCommand):
    help = _("Prépare le site : base de données, démonstration si elle est vide, agenda, fichiers statiques.")
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--listen", metavar="HOST:PORT", help=_("refuser si cette adresse est prise"))

    def handle(self, *, listen, **options):
        if listen:
            refuse_taken_port(listen)
        refuse_unfit_database()
        with one_at_a_time():
            self.prepare_database()
            self.collect_static_files()
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self.say(_("Pour entrer dans l’administration, créez votre compte, dans un autre terminal :"))
            self.say("  .venv/bin/python manage.py createsuperuser")

    def prepare_database(self):
        if is_behind():
            self.call(_("Mise à jour de la base de données…"), "migrate", interactive=False)
        today = (
            f"{timezone.localdate()} {connection.settings_dict['HOST']} {connection.settings_dict['NAME']}"
        )
        if is_new():  # its sessions come with it
            self.call(_("Chargement du territoire de démonstration…"), "load_demonstration")
        elif kept("agenda.stamp") != today:
            self.call(_("Programmation des séances à venir…"), "extend_agenda")
        keep("agenda.stamp", today)
        if lacks_index():
            self.call(_("Construction de l’index de recherche…"), "index_places")
        if Coverage.objects.is_stale():
            self.call(_("Calcul de la couverture des quartiers…"), "refresh_coverage")

    def collect_static_files(self):
        if settings.DEBUG:
            return
        sources = fingerprint_of_static_files()
        if kept("static.stamp") != sources or not (settings.STATIC_ROOT / "staticfiles.json").exists():
            self.call(
                _("Préparation des feuilles de style et des scripts…"), "collectstatic", interactive=False
            )
            keep("static.stamp", sources)

    def call(self, message, name, **options):
        self.say(message)
        call_command(name, verbosity=0, stdout=self.stdout, **options)

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def refuse_taken_port(listen):
    host, _separator, port = listen.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise CommandError(_("PORT=%(port)s : attendu un nombre de 1 à 65535.") % {"port": port})
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                _("Le port %(port)s est déjà pris. Essayez PORT=%(next)s bin/run")
                % {"port": port, "next": int(port) + 1}
            ) from None
        raise CommandError(
            _("Impossible d’écouter sur %(address)s : %(reason)s.")
            % {"address": listen, "reason": error.strerror}
        ) from None


def refuse_unfit_database():
    errors = checks.postgis(None, databases=["default"])
    if errors:
        raise CommandError("\n".join(f"{error.msg} {error.hint}" for error in errors))


@contextmanager
def one_at_a_time():
    """Two starts at once must not both fill the empty database."""
    with (settings.VAR_DIR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_behind():
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_new():
    """Nothing was ever loaded: whoever removes the demonstration keeps the reference lists."""
    return not any(model.objects.exists() for model in (Theme, Commune, Place))


def lacks_index():
    return Place.objects.published().filter(postings=None).exists()


def kept(stamp):
    path = settings.VAR_DIR / stamp
    return path.read_text() if path.exists() else None


def keep(stamp, value):
    (settings.VAR_DIR / stamp).write_text(value)


def fingerprint_of_static_files():
    """Changes when a static file is added, removed or changed, here or in a library."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
