"""The form of a place: few required fields, and what can be understood is filled in."""

import re
from io import BytesIO

from django import forms
from django.core.files.base import ContentFile
from django.core.validators import validate_email
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from places.domain.text import fold
from places.models import Commune, Place

from .fields import HoursField, ReadablePhone

# A phone takes pictures of 4,000 px and 6 MB: a page needs neither, nor where and when it was taken.
PHOTO_PX = 1_600
PHOTO_MAX_BYTES = 15_000_000


class PlaceForm(ReadablePhone, forms.ModelForm):
    opening_hours = HoursField(
        label=_("Horaires"),
        required=False,
        max_length=1000,
        help_text=_("Par exemple : « Lu-Ve 9h-12h, 14h-17h30 ; Sa 10h-12h »."),
    )
    is_verified_now = forms.BooleanField(
        label=_("Je viens de vérifier cette fiche"),
        required=False,
        help_text=_("La date du jour s’affichera sur la page du lieu."),
    )
    # What this person saw when the form was opened: nobody's work is overwritten unseen.
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "emails": forms.Textarea(attrs={"rows": 2, "cols": 40}),
            "opening_hours_text": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "directions": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "what_to_bring": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "accessibility_notes": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "other_labels": forms.Textarea(attrs={"rows": 2, "cols": 40}),
            "description": forms.Textarea(attrs={"rows": 6, "cols": 60}),
        }
        error_messages = {"name": {"required": _("Donnez un nom au lieu.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_at"] = self.instance.updated_at.isoformat()
        if "source" in self.fields:
            self.fields["source"].required = False
            self.fields["source"].help_text = _("Rien de choisi : saisi sur ce site.")

    def clean_emails(self):
        emails = re.split(r"[\s,;|]+", self.cleaned_data["emails"].strip())
        for email in filter(None, emails):
            try:
                validate_email(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("« %(email)s » n’est pas une adresse de courriel."), params={"email": email}
                ) from error
        return "\n".join(filter(None, emails))

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        if not photo or "photo" not in self.changed_data:
            return photo
        if photo.size > PHOTO_MAX_BYTES:
            raise forms.ValidationError(_("Cette photo est trop lourde : 15 Mo au plus."))
        photo.seek(0)
        try:
            jpeg = _light_jpeg(photo)
        except OSError as error:
            raise forms.ValidationError(_("Cette photo ne se lit pas : essayez-en une autre.")) from error
        return ContentFile(jpeg, name=f"{photo.name.rpartition('.')[0] or 'photo'}.jpg")

    def clean(self):
        cleaned = super().clean()
        self._refuse_to_overwrite(cleaned)
        self._complete_the_town(cleaned)
        return cleaned

    def _refuse_to_overwrite(self, cleaned):
        seen_at = cleaned.get("seen_at")
        changes = set(self.changed_data) - {"seen_at"}
        if not (self.instance.pk and seen_at and changes):
            return
        # The lock makes two people who save at the same moment take turns.
        kept = Place.objects.select_for_update().only("updated_at").get(pk=self.instance.pk)
        if seen_at != kept.updated_at.isoformat():
            raise forms.ValidationError(
                _(
                    "Rien n’est enregistré : cette fiche a été modifiée pendant que vous l’aviez ouverte "
                    "%(by_whom)s. Rouvrez-la, puis reportez-y vos corrections."
                ),
                code="overwrites",
                params={"by_whom": latest_change(self.instance, seen_at)},
            )

    def _complete_the_town(self, cleaned):
        """Town and postcode from the commune, or the commune from them where there is only one."""
        commune = cleaned.get("commune")
        if commune:
            cleaned["city"] = cleaned.get("city") or commune.name
            if not cleaned.get("postcode") and len(commune.postcode_list) == 1:
                cleaned["postcode"] = commune.postcode_list[0]
        elif cleaned.get("city") and cleaned.get("postcode"):
            namesakes = Commune.objects.filter(folded_name=fold(cleaned["city"]))
            here = list(namesakes.with_postcode(cleaned["postcode"])[:2])
            cleaned["commune"] = here[0] if len(here) == 1 else None


def latest_change(place, seen_at):
    """ "(par Nadia : Horaires, Téléphone)": who saved since `seen_at`, and what."""
    since = parse_datetime(seen_at)
    records = list(place.history.filter(history_date__gte=since).order_by("history_date")) if since else []
    if not records:
        return ""
    # The first one is the state that the person had before their eyes.
    fields = records[-1].diff_against(records[0]).changed_fields
    names = ", ".join(str(capfirst(Place._meta.get_field(name).verbose_name)) for name in fields)
    user = records[-1].history_user
    who = (user.get_full_name() or user.get_username()) if user else _("un import")
    return _("(par %(who)s : %(what)s)") % {"who": who, "what": names or "–"}


def _light_jpeg(photo):
    """Upright, small, and without the data that a camera adds (where, when, which telephone)."""
    with Image.open(photo) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((PHOTO_PX, PHOTO_PX))
        out = BytesIO()
        upright.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
