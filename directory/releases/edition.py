"""What a release says of itself: its version, day and revision, and how it is cited."""

import datetime
from dataclasses import dataclass

from django.conf import settings

from directory.history import current_revision
from directory.models import Entry, Release

TITLE = "CityNet: the open directory of city networks"
AUTHOR = "CityNet contributors"
PUBLISHER = "CityNet"
ABSTRACT = (
    "Who the city networks are, what they work on, which cities belong to them, and how we know."
)
KEYWORDS = ("city networks", "city diplomacy", "municipal cooperation", "open data")
LICENCE_NAME = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


class NothingChanged(Exception):
    """Raised where the newest release says already what another would say."""

    def __init__(self, release: Release) -> None:
        super().__init__(f"No record has changed since release {release.version}: it stands.")
        self.release = release


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A release about to be made. ``site`` is the address of the site without a last slash."""

    revision: int
    day: datetime.date
    build: str
    site: str
    before: Release | None = None

    @property
    def version(self) -> str:
        """Day and revision, such as ``2026-11-28.r5``."""
        return f"{self.day.isoformat()}.r{self.revision}"

    @property
    def url(self) -> str:
        """The address of its page, for good."""
        return f"{self.site}/data/releases/{self.version}/"

    @property
    def citation(self) -> str:
        """How it is cited in a text."""
        return f"{AUTHOR} ({self.day.year}). {TITLE}. Release {self.version}. {self.url}"


def next_edition(day: datetime.date, *, again: bool = False) -> Edition:
    """Return the edition that a release of the present data is; call it inside ``one_moment``.

    Where no record has changed since the newest release it is that one ``again``, or
    NothingChanged is raised.
    """
    newest = newest_release()
    if newest and not has_changed_since(newest):
        if again:
            return edition_of(newest)
        raise NothingChanged(newest)
    return Edition(
        revision=current_revision(),
        day=day,
        build=str(settings.BUILD),
        site=settings.SITE_URL,
        before=newest,
    )


def edition_of(release: Release) -> Edition:
    """Return what a release that is listed says of itself, at the present address of the site."""
    return Edition(
        revision=release.revision,
        day=release.made_on,
        build=release.build,
        site=settings.SITE_URL,
        before=release.before,
    )


def newest_release() -> Release | None:
    """Return the release of the latest data, or None before the first."""
    return Release.objects.order_by("-revision").first()


def has_changed_since(release: Release) -> bool:
    """Tell whether any record has changed since a release; publishing it changed none."""
    return Entry.objects.filter(change_set__revision__gt=release.revision).exists()
