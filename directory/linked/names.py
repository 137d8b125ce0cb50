"""Things as they stand inside the documents of others: address, kind and name."""

from directory.linked.json_ld import Node
from directory.linked.things import thing
from directory.models import City, Country, FocusArea, Funder, Network, Region
from directory.models.choices import Kind

# A programme of an organisation is none itself in schema.org's sense, but a project of one.
PROJECTS = {Kind.PROGRAMME, Kind.PROJECT}


def named_network(network: Network) -> Node:
    """Return a network by name."""
    return {"@type": network_types(network), "@id": thing(network), "name": network.name}


def network_types(network: Network) -> list[str]:
    """Return what sorts of thing a network is."""
    return ["Project" if network.kind in PROJECTS else "Organization", "org:Organization"]


def named_city(city: City) -> Node:
    """Return a city by name: the place, and the body that is a member."""
    return {"@type": ["City", "GovernmentOrganization"], "@id": thing(city), "name": city.name}


def named_country(country: Country) -> Node:
    """Return a country by name."""
    return {"@type": "Country", "@id": thing(country), "name": country.name}


def named_region(region: Region) -> Node:
    """Return a region by name: it has no address of its own."""
    return {"@type": "Place", "name": region.name}


def named_funder(funder: Funder) -> Node:
    """Return a funder by name."""
    return {"@type": "Organization", "@id": thing(funder), "name": funder.name}


def named_area(area: FocusArea) -> Node:
    """Return a focus area by name."""
    return {"@type": ["DefinedTerm", "skos:Concept"], "@id": thing(area), "name": area.name}
