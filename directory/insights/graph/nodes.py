"""What the graph says of its cities and networks."""

from collections.abc import Iterator, Mapping

from django.db.models import Prefetch

from directory.insights.graph.model import Node
from directory.models import City, Country, Network, NetworkFocusArea
from directory.models.membership import MembershipQuerySet

CITY = "city"
NETWORK = "network"


def city_nodes(memberships: MembershipQuerySet, links: Mapping[str, int]) -> Iterator[Node]:
    """Yield the cities of memberships in the order of their slugs; two queries."""
    places = {
        country.code: {
            "country": country.code,
            "region": country.region.name,
            "continent": country.continent.name,
        }
        for country in Country.objects.public().select_related("region__parent")
    }
    cities = City.objects.public().filter(pk__in=memberships.order_by().values("city"))
    # Plain rows: thousands of them, and instances take four times as long.
    rows = cities.values_list("slug", "name", "country_id", *_OF_CITIES)
    for slug, name, country, *facts in sorted(rows):
        said = {"kind": CITY, "slug": slug, "links": links[slug], **places[country]}
        said |= zip(_OF_CITIES.values(), facts, strict=True)
        yield Node(f"{CITY}/{slug}", name, _known(said))


# Columns of cities by the attribute that each becomes.
_OF_CITIES = {
    "latitude": "latitude",
    "longitude": "longitude",
    "population": "population",
    "place_id": "geonameid",
    "wikidata": "wikidata",
}


def network_nodes(memberships: MembershipQuerySet, links: Mapping[str, int]) -> Iterator[Node]:
    """Yield the networks of memberships in the order of their slugs; two queries."""
    ranked = NetworkFocusArea.objects.select_related("focus_area").order_by("rank")
    networks = (
        Network.objects.public()
        .filter(pk__in=memberships.order_by().values("network"))
        .prefetch_related(Prefetch("focus_area_links", ranked))
    )
    for network in sorted(networks, key=lambda network: network.slug):
        areas = [link.focus_area.slug for link in network.focus_area_links.all()]
        said = {
            "kind": NETWORK,
            "slug": network.slug,
            "links": links[network.slug],
            "status": network.status,
            "body": network.kind,
            "scope": network.scope,
            "founded": network.founded,
            "focus_area": areas[0] if areas else "",
            "focus_areas": ";".join(areas),
            "headquarters_country": network.headquarters_country_id,
            "stated_members": network.stated_members,
        }
        yield Node(f"{NETWORK}/{network.slug}", network.name, _known(said))


def _known(said: Mapping[str, object]) -> dict:
    """Leave out what is not known."""
    return {name: value for name, value in said.items() if value not in (None, "")}
