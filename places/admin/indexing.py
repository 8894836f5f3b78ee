"""Names by which places are found: when one changes here, the search follows at once."""

from places.models import IndexStamp, Place
from places.models.place import batched
from places.search import reindex

BATCH = 1_000


def index_anew(pks):
    """Index the places of these keys anew; each process reads the names of the search anew."""
    for some in batched(pks, BATCH):
        reindex(Place.objects.filter(pk__in=some).only("pk"))
    IndexStamp.renew()


class FoundByName:
    """For the lists whose names are words that the search looks for."""

    indexed_fields = {"name"}

    def save_model(self, request, obj, form, change):
        obj.is_renamed = not self.indexed_fields.isdisjoint(form.changed_data)
        super().save_model(request, obj, form, change)

    def after_save(self, request, obj):
        super().after_save(request, obj)
        if obj.is_renamed:
            index_anew(obj.places.values_list("pk", flat=True))
