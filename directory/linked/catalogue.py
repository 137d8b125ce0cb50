"""The catalogue that data portals harvest (DCAT-AP 3): the living data and each release."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from directory.downloads.file_formats import FILE_FORMATS
from directory.linked.dataset import (
    Distribution,
    Release,
    description,
    keywords,
    live_distributions,
    release_distributions,
    title,
)
from directory.linked.json_ld import LICENCE, Node, date, known, with_context
from directory.models import ChangeSet, Membership

# The lists of words of the Publications Office of the European Union, as DCAT-AP asks for.
AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
FILE_TYPES = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/jsonl": "JSONL",
    "application/geo+json": "GEOJSON",
    "application/zip": "ZIP",
    FILE_FORMATS["xlsx"].media_type: "XLSX",
}
# Earth, in GeoNames.
WORLD = "https://sws.geonames.org/6295630/"


def catalogue(*, releases: Iterable[Release] = ()) -> Node:
    """Return the catalogue; each release is read with its files, the newest first.

    Two queries for the living data: since when there are memberships, and what changed last.
    """
    releases = list(releases)
    page = f"{settings.SITE_URL}{reverse('data')}"
    published = _published()
    living = {
        "@id": f"{page}#dataset",
        **published,
        **_described(title()),
        "dcat:landingPage": {"@id": page},
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/CONT"},
        "dct:temporal": _temporal(),
        **_last_changed(),
        "dcat:distribution": [_distribution(each) for each in live_distributions()],
        "dcat:hasVersion": [{"@id": _release_address(release)} for release in releases],
    }
    return with_context(
        {
            "@id": f"{page}#catalogue",
            "@type": "dcat:Catalog",
            **published,
            **_text("dct:title", title()),
            **_text("dct:description", description()),
            "foaf:homepage": {"@id": page},
            "dcat:themeTaxonomy": {"@id": f"{AUTHORITY}data-theme"},
            "dcat:dataset": [known(living), *(_frozen(release, published) for release in releases)],
        }
    )


def _published() -> Node:
    """Return who publishes, under which licence, in which language, about where."""
    publisher = {
        "@id": f"{settings.SITE_URL}/#publisher",
        "@type": "foaf:Agent",
        "foaf:name": "CityNet",
        "foaf:homepage": {"@id": f"{settings.SITE_URL}/"},
    }
    return {
        "dct:publisher": publisher,
        "dct:license": {"@id": LICENCE, "@type": "dct:LicenseDocument"},
        "dct:language": {"@id": f"{AUTHORITY}language/ENG", "@type": "dct:LinguisticSystem"},
        "dct:spatial": {"@id": WORLD, "@type": "dct:Location"},
    }


def _described(name: str) -> Node:
    return {
        "@type": "dcat:Dataset",
        **_text("dct:title", name),
        **_text("dct:description", description()),
        "dcat:keyword": [{"@language": "en", "@value": word} for word in keywords()],
        "dcat:theme": {"@id": f"{AUTHORITY}data-theme/GOVE"},
        "dct:accessRights": {"@id": f"{AUTHORITY}access-right/PUBLIC"},
        "dcat:contactPoint": {
            "@type": "vcard:Kind",
            "vcard:fn": "CityNet",
            "vcard:hasURL": {"@id": f"{settings.SITE_URL}{reverse('contact')}"},
        },
    }


def _frozen(release: Release, published: Node) -> Node:
    page = f"{settings.SITE_URL}{release.get_absolute_url()}"
    made_on = date(release.made_on.isoformat())
    return {
        "@id": _release_address(release),
        **published,
        **_described(f"{title()}, {release.version}"),
        "dcat:landingPage": {"@id": page},
        "dcat:version": release.version,
        "dct:identifier": release.version,
        "dct:issued": made_on,
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/NEVER"},
        "dcat:isVersionOf": {"@id": f"{settings.SITE_URL}{reverse('data')}#dataset"},
        "dcat:distribution": [_distribution(each) for each in release_distributions(release)],
    }


def _release_address(release: Release) -> str:
    return f"{settings.SITE_URL}{release.get_absolute_url()}#dataset"


def _distribution(each: Distribution) -> Node:
    file_type = FILE_TYPES.get(each.media_type)
    node = {
        "@id": f"{each.address}#distribution",
        "@type": "dcat:Distribution",
        **_text("dct:title", each.title),
        "dcat:accessURL": {"@id": each.address},
        "dcat:downloadURL": None if each.is_service else {"@id": each.address},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPE}{each.media_type}"},
        "dct:format": {"@id": f"{AUTHORITY}file-type/{file_type}"} if file_type else None,
        "dct:license": {"@id": LICENCE},
        "dcat:byteSize": _whole(each.size),
        "spdx:checksum": _checksum(each.sha256) if each.sha256 else None,
    }
    if each.is_service:
        described = f"{settings.SITE_URL}{reverse('api:schema')}"
        node["dcat:accessService"] = {
            "@id": f"{each.address}#service",
            "@type": "dcat:DataService",
            **_text("dct:title", each.title),
            "dcat:endpointURL": {"@id": each.address},
            "dcat:endpointDescription": {"@id": described},
        }
    return known(node)


def _checksum(sha256: str) -> Node:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256},
    }


def _whole(number: int | None) -> Node | None:
    if number is None:
        return None
    return {"@type": "xsd:nonNegativeInteger", "@value": str(number)}


def _text(name: str, value: str) -> Node:
    return {name: {"@language": "en", "@value": value}}


def _temporal() -> Node | None:
    """Return since when there are memberships, as far as that is known."""
    first = (
        Membership.objects.public()
        .exclude(joined="")
        .order_by("joined_first_day", "pk")
        .values_list("joined", flat=True)
        .first()
    )
    start = date(first)
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": start} if start else None


def _last_changed() -> Node:
    """Return when the living data changed last, and their revision."""
    newest = ChangeSet.objects.exclude(revision=None).order_by("-revision").first()
    if newest is None:
        return {}
    made_at = newest.made_at.astimezone(datetime.UTC).isoformat(timespec="seconds")
    return {
        "dct:modified": {"@type": "xsd:dateTime", "@value": made_at},
        "dcat:version": str(newest.revision),
    }
