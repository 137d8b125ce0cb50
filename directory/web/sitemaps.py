"""What search engines are told of: every page that is one of its own kind, in each language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from directory.accounts.languages import in_language
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
    "api-docs",
    "changes",
    "contact",
    "privacy",
    "accessibility",
)


class OnThisSite(Sitemap):
    """Addresses on ``settings.SITE_URL``, whichever way a request came in.

    Each page stands there once in every language, with the addresses of all of them: as with
    Django's ``i18n``, but an address is made once for all languages, not each for each.
    """

    protocol = settings.SITE.scheme
    # Pages, each in all languages: a part holds fifty thousand addresses at most, by standard.
    limit = 1000

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE.netloc

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        return [
            {"location": location, "alternates": alternates}
            for item in self.paginator.page(page).object_list
            for alternates in [self._alternates(item)]
            for location in dict.fromkeys(each["location"] for each in alternates)
        ]

    def _alternates(self, item: Any) -> list[dict[str, str]]:
        path = self.location(item)
        found = [
            {"lang_code": code, "location": settings.SITE_URL + in_language(path, code)}
            for code, _name in settings.LANGUAGES
        ]
        return [*found, {"lang_code": "x-default", "location": settings.SITE_URL + path}]


class Pages(OnThisSite):
    """Pages that are no record's."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


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
    """Return the address of each part of the sitemap."""
    found = []
    for section, sitemap in SITEMAPS.items():
        address = settings.SITE_URL + reverse("sitemap-section", args=[section])
        found.append(address)
        found += [f"{address}?p={page}" for page in range(2, sitemap().paginator.num_pages + 1)]
    return found
