"""Partners and whom to call there."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from places.domain import identifiers
from places.models import Partner, PartnerContact, Partnership

from .base import HistoryAdmin, StackedInline
from .fields import ReadablePhone
from .offer import OfferInline
from .partnership import PartnershipInline
from .site import site


class PartnerForm(ReadablePhone, forms.ModelForm):
    class Meta:
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 60}),
            "description": forms.Textarea(attrs={"rows": 6, "cols": 60}),
        }


class ContactForm(ReadablePhone, forms.ModelForm):
    def clean(self):
        """The number in its one written form; the postcode of the partner tells its island."""
        cleaned = super().clean()
        partner = cleaned.get("partner")
        if cleaned.get("phone"):
            try:
                cleaned["phone"] = identifiers.phone(cleaned["phone"], partner.postcode if partner else "")
            except identifiers.IdentifierError as error:
                self.add_error("phone", str(error))
        return cleaned


class ContactInline(StackedInline):
    model = PartnerContact
    form = ContactForm
    fields = [("function", "visibility"), ("phone", "email")]
    verbose_name_plural = _("Contacts, par fonction et jamais par nom")


class PartnerPartnerships(PartnershipInline):
    autocomplete_fields = ["place"]
    fields = ["place", *PartnershipInline.common_fields]


@admin.register(Partner, site=site)
class PartnerAdmin(HistoryAdmin):
    form = PartnerForm
    new_title = _("Nouveau partenaire")
    folded_name = "folded_name"
    inlines = [ContactInline, PartnerPartnerships, OfferInline]
    autocomplete_fields = ["neighbourhoods", "commune"]
    checkboxes = ["themes", "audiences"]
    fieldsets = [
        (
            _("L’essentiel"),
            {"fields": ["name", "kind", "is_published", "themes", "audiences", "neighbourhoods"]},
        ),
        (_("Le joindre"), {"fields": ["phone", "email", "website"]}),
        (_("Où c’est"), {"fields": ["address", ("postcode", "commune"), "location"]}),
        (_("Présentation"), {"fields": ["summary", "description"]}),
        (_("La fiche"), {"classes": ["collapse"], "fields": ["source", "slug", "verified_at"]}),
    ]
    list_display = ["name", "kind", "commune", "phone", "partnership_count", "is_published"]
    list_filter = ["kind", "themes", "is_published"]
    list_select_related = ["commune__department"]
    search_fields = ["folded_name", "commune__folded_name", "neighbourhoods__folded_name", "^postcode"]
    search_help_text = _("Un nom, une ville ou un quartier.")

    def get_queryset(self, request):
        current = ~Q(partnerships__status=Partnership.Status.ENDED)
        return (
            super()
            .get_queryset(request)
            .annotate(partnership_count=Count("partnerships", filter=current, distinct=True))
        )

    def is_public(self, obj):
        return obj.is_published

    @admin.display(description=_("partenariats"), ordering="partnership_count")
    def partnership_count(self, partner):
        return partner.partnership_count


@admin.register(PartnerContact, site=site)
class PartnerContactAdmin(HistoryAdmin):
    new_title = _("Nouveau contact")
    form = ContactForm
    autocomplete_fields = ["partner"]
    list_display = ["function", "partner", "phone", "email", "visibility"]
    list_filter = ["visibility"]
    list_select_related = ["partner"]
    search_fields = ["function", "partner__folded_name"]
