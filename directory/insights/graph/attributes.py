"""What the graph says of cities, networks, memberships and ties: one registry, in order."""

from directory.insights.graph.model import Attribute

WEIGHT = Attribute(
    name="weight",
    type="integer",
    description="1 for a membership; between two cities the networks in common, between two "
    "networks the cities in common.",
)

_SHARED = (
    Attribute(name="kind", type="string", description="city or network."),
    Attribute(name="slug", type="string", description="Permanent id among its kind."),
    Attribute(
        name="links",
        type="integer",
        description="Memberships in the graph: networks of a city, or cities of a network, the "
        "same in the two-mode graph and in its projections.",
    ),
)
_OF_CITIES = (
    Attribute(name="country", type="string", description="ISO 3166-1 alpha-2 code, or XK."),
    Attribute(name="region", type="string", description="Finest region of UN M49."),
    Attribute(name="continent", type="string", description="First-level region of UN M49."),
    Attribute(name="latitude", type="number", description="Degrees north, WGS 84."),
    Attribute(name="longitude", type="number", description="Degrees east, WGS 84."),
    Attribute(name="population", type="integer", description="Inhabitants (GeoNames)."),
    Attribute(name="geonameid", type="integer", description="Id in GeoNames."),
    Attribute(name="wikidata", type="string", description="Id in Wikidata."),
)
_OF_NETWORKS = (
    Attribute(name="status", type="string", description="active, dormant, ended or merged."),
    Attribute(name="body", type="string", description="What sort of body a network is."),
    Attribute(name="scope", type="string", description="How far a network reaches."),
    Attribute(name="founded", type="integer", description="Year of its founding."),
    Attribute(
        name="focus_area", type="string", description="What it works on most, by its permanent id."
    ),
    Attribute(
        name="focus_areas",
        type="string",
        description="All that it works on, by permanent ids with “;” between them, most first.",
    ),
    Attribute(
        name="headquarters_country",
        type="string",
        description="ISO 3166-1 alpha-2 code of the country of its seat.",
    ),
    Attribute(
        name="stated_members",
        type="integer",
        description="Members that it says it has, of any kind.",
    ),
)

CITY_ATTRIBUTES = (*_SHARED, *_OF_CITIES)
NETWORK_ATTRIBUTES = (*_SHARED, *_OF_NETWORKS)
NODE_ATTRIBUTES = (*_SHARED, *_OF_CITIES, *_OF_NETWORKS)

LINK_ATTRIBUTES = (
    Attribute(name="membership", type="string", description="Permanent id of the membership."),
    Attribute(name="role", type="string", description="What the city is in the network."),
    Attribute(name="founder", type="boolean", description="Whether it is a founder."),
    Attribute(name="standing", type="string", description="How well the membership is known."),
    Attribute(name="joined", type="string", description="As written: a year, month or day."),
    Attribute(name="left", type="string", description="As written; its last day, inclusive."),
    Attribute(
        name="answer",
        type="string",
        description="Whether the day of the graph lies within: yes (surely) or possible (by what "
        "is known); left out where an open membership begins later.",
    ),
)
TIE_ATTRIBUTES = (
    Attribute(
        name="jaccard",
        type="number",
        description="What they have in common over what either has (0 to 1), to six digits.",
    ),
)
