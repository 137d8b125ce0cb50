"""Rules that no constraint can see: trees, circles, redirects, periods that overlap."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from directory.datapackage.checking import (
    check_focus_area_tree,
    check_redirects,
    check_reserved_slugs,
)
from directory.datapackage.checking_chains import check_city_successors
from directory.datapackage.checking_memberships import (
    check_one_open_membership,
    check_overlapping_periods,
)
from directory.datapackage.checking_networks import check_merging, check_network_tree
from directory.integrity.finding import Finding, StoredRows
from directory.models import City, FocusArea, Membership, Network, Redirect
from directory.models.tables import SLUG_TABLES, TABLES


def trees() -> Iterator[Finding]:
    """Focus areas have two levels; nothing is above, merged into or succeeded by itself."""
    areas = FocusArea.objects.values_list("slug", "parent__slug")
    networks = Network.objects.values_list(
        "slug", "parent__slug", "merged_into__slug", "status"
    ).iterator()
    cities = City.objects.exclude(successor=None).values_list("slug", "successor__slug")
    stored = StoredRows(
        cities=((slug, {"id": slug, "successor": into}) for slug, into in cities.iterator()),
        focus_areas=((slug, {"slug": slug, "parent": parent or ""}) for slug, parent in areas),
        networks=(
            (
                slug,
                {"slug": slug, "parent": parent or "", "merged_into": into or "", "status": status},
            )
            for slug, parent, into, status in networks
        ),
    )
    for check in (
        check_focus_area_tree,
        check_network_tree,
        check_merging,
        check_city_successors,
    ):
        check(stored)
    yield from stored.findings


def redirects() -> Iterator[Finding]:
    """Every redirect leads from an id out of use to one in use; no id is an address of the site."""
    rows = [TABLES["redirects"].row(redirect) for redirect in Redirect.objects.iterator()]
    stored = StoredRows(redirects=((TABLES["redirects"].record_id(row), row) for row in rows))
    for name in SLUG_TABLES.values():
        slugs = TABLES[name].model._default_manager.values_list("slug", flat=True).iterator()
        key = TABLES[name].key[0]
        stored.tables[name].rows = {slug: {key: slug} for slug in slugs}
    check_redirects(stored)
    check_reserved_slugs(stored)
    yield from stored.findings


def overlapping_memberships() -> Iterator[Finding]:
    """No two memberships of one city in one network surely share a day."""
    memberships = (
        Membership.objects.with_names()
        .order_by("network_id", "city_id", "id")
        .iterator(chunk_size=2000)
    )
    for _pair, group in groupby(memberships, key=_city_in_network):
        found = list(group)
        if len(found) > 1:
            rows = ((membership.public_id, _period(membership)) for membership in found)
            stored = StoredRows(memberships=rows)
            check_one_open_membership(stored)
            check_overlapping_periods(stored)
            yield from stored.findings


def _city_in_network(membership: Membership) -> tuple[int, int]:
    return membership.network_id, membership.city_id


def _period(membership: Membership) -> dict[str, Any]:
    return {
        "network": membership.network.slug,
        "city": membership.city.slug,
        "joined": membership.joined,
        "left": membership.left,
        "ended": membership.ended,
    }
