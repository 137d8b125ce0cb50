"""The public tables of networks: the networks themselves, what they work on, who pays for them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch

from directory.models.choices import (
    Fee,
    Joining,
    Kind,
    MembersAre,
    NetworkStanding,
    NetworkStatus,
    Scope,
)
from directory.models.column_kinds import (
    LARGEST_INTEGER,
    address,
    by_slug,
    choice,
    links,
    plain,
    reference,
    slug,
    texts,
    year,
)
from directory.models.columns import Table
from directory.models.focus_area import FocusArea
from directory.models.funder import Funder
from directory.models.network import Network, NetworkFocusArea
from directory.models.region import Region


def region_path(region: Region) -> tuple[str, ...]:
    """Return the regions from the continent down to this one; the world's path is empty.

    Paths sort as UN M49 lists its regions: each continent, then its parts. Needs
    ``select_related("parent")``.
    """
    if region.parent is None:
        return ()
    if region.parent.parent_id is None:
        return (region.name,)
    return (region.parent.name, region.name)


def _linked_slugs(name: str) -> Callable[[Any], list[str]]:
    return lambda network: sorted(linked.slug for linked in getattr(network, name).all())


def _regions_of_network(network: Any) -> list[str]:
    return [region.name for region in sorted(network.regions.all(), key=region_path)]


def _focus_areas_of_network(network: Any) -> list[str]:
    return [link.focus_area.slug for link in network.focus_area_links.all()]


NETWORKS = Table(
    name="networks",
    description="City networks: organisations, coalitions, programmes, charters and forums "
    "whose members are cities.",
    model=Network,
    key=("slug",),
    order=("slug",),
    find=by_slug,
    related=("headquarters_country", "parent", "merged_into"),
    prefetched=(
        Prefetch("regions", Region.objects.select_related("parent")),
        "countries",
        "funders",
        Prefetch(
            "focus_area_links",
            NetworkFocusArea.objects.select_related("focus_area").order_by("rank"),
        ),
    ),
    columns=(
        slug("slug", "Permanent id of the network."),
        plain("name", "Name of the network.", required=True, max_length=200),
        plain("acronym", "Its short name, where it has one.", max_length=40),
        texts("aliases", "Other names: in other languages, former, with or without a sponsor."),
        address("website", "Its website."),
        year("founded", "Year in which it was founded."),
        year("ended", "Year in which it ended or was merged."),
        choice("status", "Whether it is at work.", NetworkStatus),
        reference(
            "merged_into", "The network that it became part of; only when merged.", "networks"
        ),
        choice("kind", "What sort of body it is.", Kind),
        choice("scope", "How far it reaches.", Scope),
        links(
            "regions",
            "Regions of UN M49 that it works in, by name; members may lie outside.",
            "regions",
            _regions_of_network,
            required=True,
        ),
        links(
            "countries",
            "Countries that it is limited to (ISO 3166-1 alpha-2 codes); empty: no such limit.",
            "countries",
            lambda network: sorted(country.code for country in network.countries.all()),
        ),
        plain("headquarters_city", "City of its office, by name.", max_length=100),
        reference("headquarters_country", "Country of its office.", "countries"),
        links(
            "focus_areas",
            "The issues it works on, the most important first.",
            "focus_areas",
            _focus_areas_of_network,
            is_ranked=True,
            required=True,
        ),
        choice("members_are", "Who may be a member.", MembersAre),
        choice("joining", "How a city becomes a member.", Joining),
        choice("fee", "Whether membership costs a fee.", Fee),
        plain("eligibility", "Which cities may join, in words.", max_length=300),
        address("members_url", "Where it publishes its members."),
        plain(
            "stated_members",
            "Number of members that a source states; never a count of the memberships here.",
            type="integer",
            minimum=0,
            maximum=LARGEST_INTEGER,
        ),
        year("stated_members_as_of", "Year that the stated number speaks of."),
        address("stated_members_source", "Where the number is stated."),
        links("funders", "Who pays for it.", "funders", _linked_slugs("funders")),
        reference("parent", "The network that it is a section or a programme of.", "networks"),
        plain("summary", "What it does, in our own words.", required=True, max_length=500),
        choice(
            "standing",
            "How we know of it; sourced: it was seen on a page that is cited.",
            NetworkStanding,
        ),
        texts(
            "sources",
            "Addresses of the pages that speak of it; a semicolon inside one is written %3B.",
            item_format="uri",
            item_max_length=500,
        ),
    ),
)

FOCUS_AREAS = Table(
    name="focus_areas",
    description="The issues that networks work on: a tree two levels deep.",
    model=FocusArea,
    key=("slug",),
    order=("position", "slug"),
    find=by_slug,
    related=("parent",),
    columns=(
        slug("slug", "Permanent id of the focus area."),
        plain(
            "position",
            "Place in the order in which focus areas are shown, from 1.",
            type="integer",
            required=True,
            unique=True,
            minimum=1,
            maximum=10_000,
        ),
        plain("name", "Name of the focus area.", required=True, max_length=80),
        reference("parent", "The wider focus area; empty for those at the top.", "focus_areas"),
        texts("synonyms", "Other words for it; they feed the search."),
    ),
)

FUNDERS = Table(
    name="funders",
    description="Organisations that pay for networks.",
    model=Funder,
    key=("id",),
    order=("slug",),
    find=by_slug,
    columns=(
        slug("id", "Permanent id of the funder."),
        plain("name", "Name of the funder.", required=True, max_length=200),
    ),
)
