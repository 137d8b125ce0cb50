"""Networks and their funders as linked data."""

from collections.abc import Iterable

from directory.linked.json_ld import (
    Node,
    date,
    in_language,
    in_one_language,
    known,
    reference,
    web_address,
    with_context,
)
from directory.linked.names import (
    named_area,
    named_city,
    named_country,
    named_funder,
    named_network,
    named_region,
)
from directory.linked.pages import page_of
from directory.models import City, Funder, Network
from directory.search.names import NameIn


@in_one_language
def network_document(
    network: Network,
    *,
    listed: int,
    sections: Iterable[Network],
    merged_from: Iterable[Network],
    labels: Iterable[NameIn],
    members: Iterable[City] = (),
) -> Node:
    """Return a network read ``with_facts``; ``members`` are its current ones, ``listed`` so many.

    A page leaves the members out: it is read by search engines, and shows them in a table.
    """
    return with_context(
        named_network(network)
        | known(
            {
                "alternateName": _other_names(network, labels),
                "description": network.summary,
                "url": web_address(network.website),
                "sameAs": web_address(network.website),
                "foundingDate": date(network.founded),
                "dissolutionDate": date(network.ended),
                "address": _headquarters(network),
                "areaServed": [
                    *(named_region(region) for region in network.regions.all()),
                    *(named_country(country) for country in network.countries.all()),
                ],
                "knowsAbout": [
                    named_area(link.focus_area) for link in network.focus_area_links.all()
                ],
                "funder": [named_funder(funder) for funder in network.funders.all()],
                "parentOrganization": named_network(network.parent) if network.parent else None,
                "subOrganization": [named_network(section) for section in sections],
                "dct:isReplacedBy": (
                    named_network(network.merged_into) if network.merged_into else None
                ),
                "dct:replaces": [named_network(former) for former in merged_from],
                "member": [named_city(city) for city in members],
                **_our_own(network),
                "cn:listedMembers": listed,
                "citation": [web_address(source) for source in network.sources],
            }
        )
        | page_of(network)
    )


@in_one_language
def funder_document(funder: Funder, *, networks: Iterable[Network] = ()) -> Node:
    """Return a funder and the networks that it pays for; a page shows these in a list."""
    paid_for = known({"funder": [named_network(network) for network in networks]})
    return with_context(named_funder(funder) | known({"@reverse": paid_for}) | page_of(funder))


def _other_names(network: Network, labels: Iterable[NameIn]) -> list[str | Node]:
    return [*filter(None, [network.acronym]), *network.aliases, *in_language(labels)]


def _headquarters(network: Network) -> Node | None:
    country = network.headquarters_country
    parts = known(
        {
            "addressLocality": network.headquarters_city,
            "addressCountry": country.code if country else "",
        }
    )
    return {"@type": "PostalAddress", **parts} if parts else None


def _our_own(network: Network) -> Node:
    """Return what schema.org has no word for."""
    return {
        "cn:status": network.status,
        "cn:kind": network.kind,
        "cn:scope": network.scope,
        "cn:membersAre": network.members_are,
        "cn:joining": network.joining,
        "cn:fee": network.fee,
        "cn:eligibility": network.eligibility,
        "cn:standing": network.standing,
        "cn:membersPage": reference(network.members_url) if network.members_url else None,
        "cn:statedMembers": network.stated_members,
        "cn:statedMembersYear": date(network.stated_members_as_of),
        "cn:statedMembersSource": (
            reference(network.stated_members_source) if network.stated_members_source else None
        ),
    }
