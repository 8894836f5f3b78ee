from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from .sitemaps import SITEMAPS
from .views import (
    corrections,
    coverage,
    mapdata,
    neighbourhoods,
    pages,
    partners,
    places,
    search,
    suggestions,
    workshops,
)

urlpatterns = [
    path("", search.search, name="search"),
    path("suggestions.json", suggestions.suggestions, name="suggestions"),
    path("carte/points.json", mapdata.points, name="map-points"),
    path("carte/fond.json", mapdata.background, name="map-background"),
    path("carte/communes.json", mapdata.communes, name="map-communes"),
    path("carte/quartiers.json", mapdata.neighbourhoods, name="map-neighbourhoods"),
    path("lieux/<slug:slug>/", places.place, name="place"),
    path("lieux/<slug:slug>.vcf", places.place_contact, name="place-contact"),
    path("lieux/<slug:slug>/imprimer/", places.place_print, name="place-print"),
    path("lieux/<slug:slug>/signaler/", corrections.correction, name="place-correction"),
    path("lieux/<slug:slug>/merci/", corrections.correction_thanks, name="place-correction-thanks"),
    path("quartiers/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path("quartiers/<slug:slug>/", neighbourhoods.neighbourhood, name="neighbourhood"),
    path("couverture/", coverage.coverage, name="coverage"),
    path("couverture/quartiers.<slug:kind>", coverage.coverage_file, name="coverage-file"),
    path("agenda/", workshops.agenda, name="agenda"),
    path("ateliers/<slug:slug>/", workshops.workshop, name="workshop"),
    path("partenaires/", partners.partners, name="partners"),
    path("partenaires/<slug:slug>/", partners.partner, name="partner"),
    path("a-propos/", pages.about, name="about"),
    path("aide/", pages.help_page, name="help"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("vie-privee/", pages.privacy, name="privacy"),
    path("sante/", pages.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS}, name="sitemap-index"),
    path(
        "sitemap-<section>.xml",
        sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
]
