"""The admin: every model on one site of our own, `site`, which `epn_directory.urls` serves."""

from . import (  # noqa: F401 - each registers its models on `site`
    accounts,
    closure,
    correction,
    need,
    occurrence,
    offer,
    orientation,
    partner,
    partnership,
    place,
    project,
    reference,
    school_holiday,
    territory,
    workshop,
)
from .site import site

__all__ = ["site"]
