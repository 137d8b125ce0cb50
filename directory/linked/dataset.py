"""The directory as one set of data: what it holds, and every address at which it can be had."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.downloads.columns import COLUMN_SETS
from directory.downloads.file_formats import formats_of
from directory.linked.json_ld import LICENCE, Node, in_one_language, known, with_context


@dataclass(frozen=True)
class Distribution:
    """One address at which data can be had.

    ``size`` in bytes and ``sha256`` are known of files that never change; ``is_service`` tells an
    API from a file.
    """

    address: str
    title: str
    media_type: str
    size: int | None = None
    sha256: str = ""
    is_service: bool = False


class ReleaseFile(Protocol):
    """What is asked of a file of a release."""

    name: str
    description: str
    media_type: str
    size: int
    sha256: str

    def get_absolute_url(self) -> str: ...


class Release(Protocol):
    """What is asked of a release; ``files`` are read with ``all()``."""

    version: str
    made_on: datetime.date
    files: Any

    def get_absolute_url(self) -> str: ...


def live_distributions() -> list[Distribution]:
    """Return where the present data can be had: the API, and each list of it as a file."""
    return [
        Distribution(
            settings.SITE_URL + reverse("api:root"),
            _("API"),
            "application/json",
            is_service=True,
        ),
        *_lists(),
    ]


def _lists() -> Iterator[Distribution]:
    for name in COLUMN_SETS:
        for each in formats_of(name):
            address = reverse(f"api:{name}-download", args=[each.extension])
            title = _("%(list)s as %(format)s") % {"list": name, "format": each.extension}
            yield Distribution(settings.SITE_URL + address, title, _bare(each.media_type))


def _bare(media_type: str) -> str:
    """Return a media type without its parameters, as registers name it."""
    return media_type.partition(";")[0]


def release_distributions(release: Release) -> list[Distribution]:
    """Return the files of a release, read with its files."""
    return [
        Distribution(
            settings.SITE_URL + file.get_absolute_url(),
            file.description or file.name,
            _bare(file.media_type),
            file.size,
            file.sha256,
        )
        for file in release.files.all()
    ]


def title() -> str:
    """Return what the data are called."""
    return _("CityNet, the open directory of city networks")


def description() -> str:
    """Return in two sentences what the data hold."""
    return _(
        "City networks of the world: who they are, what they work on, which cities belong to them, "
        "and how we know. Every membership has its sources and dates."
    )


def keywords() -> list[str]:
    """Return what the data may be looked for by."""
    return [_("city networks"), _("city diplomacy"), _("municipalities"), _("memberships")]


@in_one_language
def dataset_document(*, distributions: Iterable[Distribution], releases: Iterable[Release]) -> Node:
    """Return the data for search engines of data (schema.org)."""
    page = f"{settings.SITE_URL}{reverse('data')}"
    return with_context(
        known(
            {
                "@type": "Dataset",
                "@id": f"{page}#dataset",
                "name": title(),
                "description": description(),
                "url": page,
                "license": LICENCE,
                "isAccessibleForFree": True,
                "keywords": keywords(),
                "inLanguage": "en",
                "creator": {
                    "@type": "Organization",
                    "@id": f"{settings.SITE_URL}/#publisher",
                    "name": "CityNet",
                    "url": f"{settings.SITE_URL}/",
                },
                "spatialCoverage": {"@type": "Place", "name": _("World")},
                "distribution": [_download(each) for each in distributions],
                "hasPart": [_release(release) for release in releases],
            }
        )
    )


def _release(release: Release) -> Node:
    return {
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}{release.get_absolute_url()}#dataset",
        "name": _("%(title)s: release %(version)s")
        % {"title": title(), "version": release.version},
        "description": description(),
        "version": release.version,
        "datePublished": {"@type": "xsd:date", "@value": release.made_on.isoformat()},
        "license": LICENCE,
        "url": f"{settings.SITE_URL}{release.get_absolute_url()}",
        "distribution": [_download(each) for each in release_distributions(release)],
    }


def _download(distribution: Distribution) -> Node:
    return known(
        {
            "@type": "DataDownload",
            "name": distribution.title,
            "contentUrl": distribution.address,
            "encodingFormat": distribution.media_type,
            "contentSize": f"{distribution.size} B" if distribution.size is not None else "",
            "sha256": distribution.sha256,
        }
    )
