"""Cities and countries as linked data."""

from collections.abc import Iterable

from directory.linked.json_ld import (
    Node,
    date,
    decimal,
    in_language,
    in_one_language,
    known,
    web_address,
    with_context,
)
from directory.linked.names import named_city, named_country, named_network, named_region
from directory.linked.pages import page_of
from directory.linked.things import thing
from directory.models import City, Country, Membership, Network
from directory.search.names import NameIn

WIKIDATA = "https://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
# No city has so many; a page of one that had would be no page any more.
MOST_MEMBERSHIPS = 500


@in_one_language
def city_document(
    city: City,
    *,
    labels: Iterable[NameIn],
    memberships: Iterable[Membership],
    predecessors: Iterable[City],
) -> Node:
    """Return a city read ``with_country``, with its current memberships and their networks."""
    current = sorted(memberships, key=lambda membership: membership.pk)[:MOST_MEMBERSHIPS]
    return with_context(
        named_city(city)
        | known(
            {
                "alternateName": in_language(labels),
                "url": web_address(city.website),
                "sameAs": _same_as(city),
                "geo": _coordinates(city),
                "containedInPlace": _containing(city),
                "gn:population": city.population,
                "gn:countryCode": city.country_id,
                "cn:ended": date(city.ended),
                "dct:isReplacedBy": named_city(city.successor) if city.successor else None,
                "dct:replaces": [named_city(former) for former in predecessors],
                "memberOf": _networks(current),
                "org:hasMembership": [{"@id": thing(membership)} for membership in current],
            }
        )
        | page_of(city)
    )


@in_one_language
def country_document(
    country: Country, *, cities: Iterable[City] = (), networks_based: Iterable[Network] = ()
) -> Node:
    """Return a country with its listed cities and the networks that have their seat there.

    A page leaves both out: it shows them in lists.
    """
    region = country.region
    return with_context(
        named_country(country)
        | known(
            {
                "identifier": [*filter(None, [country.code, country.iso3, country.m49])],
                "description": country.note,
                "containedInPlace": named_region(region),
                "@reverse": known(
                    {
                        "containedInPlace": [named_city(city) for city in cities],
                        "location": [named_network(network) for network in networks_based],
                    }
                ),
            }
        )
        | page_of(country)
    )


def _same_as(city: City) -> list[str]:
    found = []
    if city.wikidata:
        found.append(f"{WIKIDATA}{city.wikidata}")
    if city.geonameid:
        found.append(f"{GEONAMES}{city.geonameid}/")
    return found


def _coordinates(city: City) -> Node:
    where = {
        "@type": "GeoCoordinates",
        "latitude": decimal(city.latitude),
        "longitude": decimal(city.longitude),
    }
    return where if city.geonameid else {**where, "cn:approximate": True}


def _containing(city: City) -> Node:
    """Return the country, or the first-level division in it."""
    country = named_country(city.country)
    if not city.admin1_name:
        return country
    division = {"@type": "AdministrativeArea", "name": city.admin1_name}
    return {**division, "containedInPlace": country}


def _networks(memberships: Iterable[Membership]) -> list[Node]:
    """Return each network once, though a city may hold two titles of it."""
    networks = {membership.network_id: membership.network for membership in memberships}
    return [named_network(network) for network in networks.values()]
