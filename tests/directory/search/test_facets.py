"""Facet counts are exact under every combination of filters."""

import datetime
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import City, Membership, Network
from directory.search.criteria import NetworkCriteria, Range
from directory.search.facets import FACETS, RANGES
from directory.search.networks import find_networks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]
DAY = datetime.date(2026, 11, 23)


@dataclass
class Plain:
    """A network as plain Python sees it: its values by facet, its numbers, its member cities."""

    slug: str
    values: dict[str, set[str]]
    numbers: dict[str, int | None]
    cities: set[int] = field(default_factory=set)


@pytest.fixture(scope="module")
def plain(starting_data, django_db_blocker) -> list[Plain]:
    """All networks, read the slow and obvious way."""
    with django_db_blocker.unblock():
        return [plain_network(network) for network in Network.objects.all()]


def plain_network(network: Network) -> Plain:
    areas = {link.focus_area for link in network.focus_area_links.all()}
    regions = set(network.regions.all())
    current = [
        membership
        for membership in Membership.objects.filter(network=network).select_related("city")
        if membership.is_open or membership.joined_first_day <= DAY <= membership.left_last_day
    ]
    cities = {membership.city for membership in current}
    return Plain(
        slug=network.slug,
        values={
            "focus_area": {area.slug for area in areas}
            | {area.parent.slug for area in areas if area.parent},
            "region": {region.slug for region in regions}
            | {region.parent.slug for region in regions if region.parent and region.parent.parent},
            "member_country": {city.country_id for city in cities},
            "funder": {funder.slug for funder in network.funders.all()},
            **{
                name: {getattr(network, name)}
                for name in ("scope", "status", "kind", "joining", "fee", "standing")
            },
        },
        numbers={"founded": network.founded, "members": len(cities)},
        cities={city.pk for city in cities},
    )


def allows(criteria: NetworkCriteria, network: Plain, ignoring: str = "") -> bool:
    """Whether a network passes every filter but one."""
    for name, chosen in criteria.choices.items():
        if name != ignoring and chosen and not chosen & network.values[name]:
            return False
    for name, bounds in criteria.ranges.items():
        if name == ignoring or not bounds:
            continue
        number = network.numbers[name]
        if number is None:
            return False
        if bounds.least is not None and number < bounds.least:
            return False
        if bounds.most is not None and number > bounds.most:
            return False
    if criteria.member is not None and criteria.member not in network.cities:
        return False
    return criteria.not_member is None or criteria.not_member not in network.cities


VALUES = {
    "focus_area": ["climate", "womens-safety", "inclusion", "lgbt-rights", "culture", "water"],
    "scope": ["global", "regional", "national", "cross-border"],
    "region": ["world", "europe", "southern-europe", "asia", "africa"],
    "member_country": ["NO", "FR", "JP", "US", "BR", "KE"],
    "status": ["active", "dormant", "ended", "merged"],
    "kind": ["association", "programme", "charter"],
    "joining": ["open", "application", "pledge"],
    "fee": ["none", "fee", "unknown"],
    "funder": ["european-commission", "bloomberg-philanthropies"],
    "standing": ["sourced", "unverified"],
}
some_choices = st.fixed_dictionaries(
    {},
    optional={
        name: st.frozensets(st.sampled_from(values), max_size=3) for name, values in VALUES.items()
    },
)
some_ranges = st.fixed_dictionaries(
    {},
    optional={
        "founded": st.builds(
            Range, st.none() | st.integers(1900, 2026), st.none() | st.integers(1900, 2026)
        ),
        "members": st.builds(
            Range, st.none() | st.integers(0, 200), st.none() | st.integers(0, 400)
        ),
    },
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    choices=some_choices,
    ranges=some_ranges,
    text=st.sampled_from(["", "", "climate", "women", "bergen"]),
    city=st.sampled_from([None, "bergen-no", "paris-fr"]),
    is_member=st.booleans(),
)
def test_counts_equal_a_plain_count_and_ignore_the_facets_own_choice(
    plain, choices, ranges, text, city, is_member
):
    city_id = City.objects.get(slug=city).pk if city else None
    criteria = NetworkCriteria(
        text=text,
        choices=choices,
        ranges=ranges,
        member=city_id if is_member else None,
        not_member=None if is_member else city_id,
    )
    answered = {network.pk for network in Network.objects.all()}
    if text:
        answered = set(find_networks(NetworkCriteria(text=text), day=DAY).ids)
    slugs = set(Network.objects.filter(pk__in=answered).values_list("slug", flat=True))
    by_words = [network for network in plain if network.slug in slugs]

    hits = find_networks(criteria, day=DAY)

    assert hits.total == sum(allows(criteria, network) for network in by_words)
    assert len(hits.ids) == hits.total
    for facet in hits.facets:
        others = [network for network in by_words if allows(criteria, network, facet.name)]
        if facet.kind == "range":
            numbers = [network.numbers[facet.name] for network in others]
            known = [number for number in numbers if number is not None]
            bounds = (min(known), max(known)) if known else (None, None)
            assert (facet.least, facet.most) == bounds, facet.name
            continue
        for choice in facet.choices:
            count = sum(choice.value in network.values[facet.name] for network in others)
            assert choice.count == count, (facet.name, choice.value)
            assert choice.count or choice.selected
            assert choice.selected == (choice.value in choices.get(facet.name, ()))


def test_every_facet_and_range_is_offered_and_named():
    offered = {
        facet.name: str(facet.label) for facet in find_networks(NetworkCriteria(), day=DAY).facets
    }
    assert list(offered) == [*FACETS, *RANGES]
    assert all(offered.values())


def test_a_parent_focus_area_counts_for_its_children_and_the_world_only_for_itself():
    facets = {facet.name: facet for facet in find_networks(NetworkCriteria(), day=DAY).facets}
    counts = {
        choice.value: choice.count
        for name in ("focus_area", "region")
        for choice in facets[name].choices
    }
    below = Network.objects.filter(focus_areas__parent__slug="inclusion").distinct().count()
    assert counts["inclusion"] >= below
    assert counts["world"] == Network.objects.filter(regions__slug="world").count()
    assert counts["europe"] > counts["southern-europe"] > 0
