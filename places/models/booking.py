"""How to take part in a workshop, in words; ways that need neither e-mail nor the web come first."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

ON_THE_SPOT, BY_PHONE = "se-presenter", "telephoner"
BY_MAIL = "contacter-par-mail"
THROUGH_A_PROFESSIONAL = "envoyer-un-mail-avec-une-fiche-de-prescription"


class Way(NamedTuple):
    short: str
    sentence: str
    link: str = ""
    link_text: str = ""  # "" when the link is not to be read aloud


def ways_to_book(workshop):
    """A list of `Way`, never empty; the workshop has its place and its booking modes at hand."""
    codes, place = {mode.code for mode in workshop.booking_modes.all()}, workshop.place
    if not codes and not workshop.booking_url:
        return [Way(_("Sans inscription"), _("Sans inscription\u00a0: venez à l’heure dite."))]
    ways, phone = [], (f"tel:{place.phone}", place.phone_display)
    if ON_THE_SPOT in codes:
        ways.append(
            Way(_("Inscription sur place"), _("Sur place\u00a0: venez, on vous inscrit à l’accueil."))
        )
    if BY_PHONE in codes and place.phone:
        ways.append(Way(_("Inscription par téléphone"), _("Par téléphone\u00a0: appelez le lieu."), *phone))
    if not ways and place.phone:
        by_voice = _("Sans courriel ni internet\u00a0: appelez le lieu.")
        ways.append(Way(_("Inscription par téléphone"), by_voice, *phone))
    if workshop.booking_url:
        online = _("En ligne\u00a0: sur le site du lieu.")
        ways.append(Way(_("Inscription en ligne"), online, workshop.booking_url, _("S’inscrire en ligne")))
    if BY_MAIL in codes:
        for email in place.email_list[:1]:
            ways.append(
                Way(_("Inscription par courriel"), _("Par courriel\u00a0:"), f"mailto:{email}", email)
            )
    if THROUGH_A_PROFESSIONAL in codes:
        through = _("Par un professionnel qui vous suit\u00a0: il écrit au lieu pour vous.")
        ways.append(Way(_("Inscription par un professionnel"), through))
    asking = _("Demandez au lieu comment vous inscrire.")
    return ways or [Way(_("Sur inscription"), asking)]
