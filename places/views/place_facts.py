"""What one can use at a place and whether one can get in: yes, no, and what nobody has said."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Fact(NamedTuple):
    field: str
    name: str
    icon: str
    more: str = ""  # the field that says more when the answer is yes


EQUIPMENT = [
    Fact("computer_count", _("Ordinateurs"), "computer", "computer_count"),
    Fact("has_printing", _("Imprimante"), "print", "printing_price"),
    Fact("has_scanning", _("Scanner"), "scan"),
    Fact("has_wifi", _("Wifi"), "wifi"),
    Fact("has_webcam_booth", _("Cabine pour la visio"), "webcam"),
    Fact("welcomes_own_device", _("Votre appareil est le bienvenu"), "laptop"),
    Fact("has_headset", _("Casque audio"), "headset"),
    Fact("has_large_screen", _("Grand écran"), "screen"),
]
ACCESSIBILITY = [
    Fact("is_step_free", _("Entrée sans marche"), "accessibility"),
    Fact("has_adapted_toilets", _("Toilettes adaptées"), "check"),
    Fact("has_accessible_parking", _("Parking adapté"), "check"),
    Fact("has_hearing_loop", _("Boucle magnétique"), "headset"),
    Fact("has_adapted_workstation", _("Poste adapté"), "computer"),
]


def known_facts(place, facts):
    """[{name, icon, is_so, more}] of those that somebody has said, be it no."""
    return [
        {
            "name": fact.name,
            "icon": fact.icon,
            "is_so": bool(value),
            "more": getattr(place, fact.more) if fact.more else "",
        }
        for fact in facts
        if (value := getattr(place, fact.field)) is not None
    ]


def unknown_names(place, facts):
    return [fact.name for fact in facts if getattr(place, fact.field) is None]
