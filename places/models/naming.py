"""Addresses of pages: readable, stable, and one for each row."""

from itertools import count

MAX_SLUG = 160


def free_slug(model, base, taken=None):
    """`base`, or `base-2`, `base-3`… : the first that no row of `model` has.

    `taken`, a set of slugs, spares the queries of a bulk load; the slug returned is added to it.
    """
    base = base[:MAX_SLUG].strip("-") or model._meta.model_name

    def is_taken(slug):
        return slug in taken if taken is not None else model.objects.filter(slug=slug).exists()

    slug = next(slug for n in count(1) if not is_taken(slug := base if n == 1 else f"{base}-{n}"))
    if taken is not None:
        taken.add(slug)
    return slug
