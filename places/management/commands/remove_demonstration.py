"""Takes the territory of examples off the site; reference lists, communes and real places stay."""

from django.core.management import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.models import Neighbourhood, Partner, Place, Project, Workshop
from places.models.place import batched
from places.search import rebuild

# A workshop or a resource goes with its place, a partnership with both of its ends. Workshops that a partner
# of the examples hosts belong to places of the examples: these go first.
EXAMPLES = [Project, Place, Partner, Neighbourhood]


BATCH = 500


class Command(BaseCommand):
    help = _("Enlève le territoire de démonstration. Vos lieux restent.")

    def handle(self, *, verbosity, **options):
        with transaction.atomic():
            generated = remove(Workshop.objects.generated())
            removed = sum(remove(model.objects.filter(source__is_demonstration=True)) for model in EXAMPLES)
            if removed:
                Place.objects.relocate()
                rebuild()
        if verbosity:
            self.stdout.write(sentence(removed + generated))


def remove(rows):
    """Delete `rows`, and what their history kept; say how many."""
    pks = list(rows.values_list("pk", flat=True))
    rows.delete()
    for some in batched(pks, BATCH):
        rows.model.history.filter(id__in=some).delete()
    return len(pks)


def sentence(removed):
    if not removed:
        return _("Il n’y a plus de démonstration ici : rien n’a changé.")
    return ngettext("%(n)d exemple enlevé.", "%(n)d exemples enlevés.", removed) % {"n": removed}
