from django.core.management.base import BaseCommand

from places.search import rebuild


class Command(BaseCommand):
    help = "Reconstruit l’index de la recherche."

    def handle(self, *args, **options):
        count = rebuild()
        self.stdout.write(f"{count} lieux indexés.")
