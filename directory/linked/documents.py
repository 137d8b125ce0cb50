"""The document of any thing, read from the database with a fixed number of queries."""

import datetime
from collections.abc import Callable

from directory.insights.countries import networks_based_in
from directory.insights.members import count_listed_members
from directory.insights.statements import membership_with_statements
from directory.linked.focus_areas import focus_area_document
from directory.linked.json_ld import Node
from directory.linked.memberships import membership_document
from directory.linked.networks import funder_document, network_document
from directory.linked.places import city_document, country_document
from directory.models import City, Country, FocusArea, Funder, Membership, Network
from directory.search.names import names_in_languages


def document_of(name: str, identifier: str, *, day: datetime.date) -> Node | None:
    """Return the document of a thing by its kind and its present id; None where there is none.

    Current memberships are those of ``day``.
    """
    return _READERS[name](identifier, day)


def _network(slug: str, day: datetime.date) -> Node | None:
    network = Network.objects.public().with_facts().filter(slug=slug).first()
    if network is None:
        return None
    current = Membership.objects.public().filter(network=network).current(day)
    return network_document(
        network,
        listed=count_listed_members([network], day=day)[0].listed_members,
        sections=network.sections.public().by_name(),
        merged_from=network.merged_from.public().by_name(),
        labels=names_in_languages(network),
        members=City.objects.public().filter(pk__in=current.order_by().values("city")).by_name(),
    )


def _city(slug: str, day: datetime.date) -> Node | None:
    cities = City.objects.public().with_country().select_related("successor")
    city = cities.filter(slug=slug).first()
    if city is None:
        return None
    current = Membership.objects.public().filter(city=city).current(day)
    return city_document(
        city,
        labels=names_in_languages(city),
        memberships=current.select_related("network"),
        predecessors=city.predecessors.public().by_name(),
    )


def _focus_area(slug: str, day: datetime.date) -> Node | None:
    area = FocusArea.objects.public().select_related("parent").filter(slug=slug).first()
    if area is None:
        return None
    return focus_area_document(
        area,
        labels=area.labels.order_by("language"),
        children=area.children.public().in_display_order(),
        networks=Network.objects.public().working_on([area]).by_name(),
    )


def _funder(slug: str, day: datetime.date) -> Node | None:
    funder = Funder.objects.public().filter(slug=slug).first()
    if funder is None:
        return None
    return funder_document(funder, networks=funder.networks.public().by_name())


def _country(code: str, day: datetime.date) -> Node | None:
    found = Country.objects.public().select_related("region").filter(code=code.upper()).first()
    if found is None:
        return None
    return country_document(
        found,
        cities=City.objects.public().filter(country=found).by_name(),
        networks_based=networks_based_in(found),
    )


def _membership(public_id: str, day: datetime.date) -> Node | None:
    membership = membership_with_statements(int(public_id[1:]))
    return membership_document(membership) if membership else None


_READERS: dict[str, Callable[[str, datetime.date], Node | None]] = {
    "network": _network,
    "city": _city,
    "focus-area": _focus_area,
    "funder": _funder,
    "country": _country,
    "membership": _membership,
}
