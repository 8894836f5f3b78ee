"""What search engines may read, page by page."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from .models import Neighbourhood, Partner, Place, Project, Workshop


class PageSitemap(Sitemap):
    def items(self):
        lists = ["search", "neighbourhoods", "agenda", "partners", "resources", "projects"]
        return [*lists, "about", "help", "accessibility"]

    def location(self, item):
        return reverse(item)


class PlaceSitemap(Sitemap):
    def items(self):
        return Place.objects.published().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at


class NeighbourhoodSitemap(Sitemap):
    def items(self):
        return Neighbourhood.objects.current().order_by("pk").only("slug")


class WorkshopSitemap(Sitemap):
    def items(self):
        return Workshop.objects.published().order_by("pk").only("slug")


class PartnerSitemap(Sitemap):
    def items(self):
        return Partner.objects.published().order_by("pk").only("slug")


class ProjectSitemap(Sitemap):
    def items(self):
        return Project.objects.published().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at


SITEMAPS = {
    "pages": PageSitemap,
    "lieux": PlaceSitemap,
    "quartiers": NeighbourhoodSitemap,
    "ateliers": WorkshopSitemap,
    "partenaires": PartnerSitemap,
    "projets": ProjectSitemap,
}
