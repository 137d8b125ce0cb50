"""What search engines are told of: every page that is one of its own kind, once."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from directory.models import City, Country, FocusArea, Funder, Network

PAGES = (
    "home",
    "networks",
    "cities",
    "focus-areas",
    "coverage",
    "coverage-by-funder",
    "timelines",
    "countries",
    "funders",
    "about",
    "data",
    "data-dictionary",
    "releases",
    "vocabulary",
    "docs",
    "changes",
    "contact",
    "privacy",
    "accessibility",
)
IN_THE_API = {"docs"}


class OnThisSite(Sitemap):
    """Addresses on ``settings.SITE_URL``, whichever way a request came in."""

    protocol = settings.SITE.scheme

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE.netloc


class Pages(OnThisSite):
    """Pages that are no record's."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(f"api:{item}" if item in IN_THE_API else item)


class Records(OnThisSite):
    """The pages of all records of one kind, in the order of their ids."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def items(self) -> QuerySet:
        id_field = "code" if self._model is Country else "slug"
        return self._model.objects.public().only(id_field).order_by(id_field)


def _of(model: type[Model]) -> Callable[[], Records]:
    return lambda: Records(model)


SITEMAPS: dict[str, Callable[[], OnThisSite]] = {
    "pages": Pages,
    "networks": _of(Network),
    "cities": _of(City),
    "focus-areas": _of(FocusArea),
    "countries": _of(Country),
    "funders": _of(Funder),
}


def sitemap_addresses() -> list[str]:
    """Return the address of each part of the sitemap: fifty thousand pages at most, by standard."""
    found = []
    for section, sitemap in SITEMAPS.items():
        address = settings.SITE_URL + reverse("sitemap-section", args=[section])
        found.append(address)
        found += [f"{address}?p={page}" for page in range(2, sitemap().paginator.num_pages + 1)]
    return found
