"""What becomes of each column, and of all that refers to a record, when two records become one.

A test fails when a model gains a column or a relation that is not named here.
"""

from enum import Enum


class Policy(Enum):
    """Whose value the merged record has, unless the editor says otherwise."""

    KEPT = "of the record that stays"
    FILLED = "of the record that stays, or of the other where it has none"
    JOINED = "both lists, the first of the record that stays"


KEPT, FILLED, JOINED = Policy.KEPT, Policy.FILLED, Policy.JOINED

POLICIES: dict[str, dict[str, Policy]] = {
    "networks": {
        "slug": KEPT,
        "name": KEPT,
        "acronym": FILLED,
        "aliases": JOINED,
        "website": FILLED,
        "founded": FILLED,
        "ended": KEPT,
        "status": KEPT,
        "merged_into": KEPT,
        "kind": KEPT,
        "scope": KEPT,
        "regions": JOINED,
        # Empty means no limit, so the other's limit would be a change of meaning.
        "countries": KEPT,
        "headquarters_city": FILLED,
        "headquarters_country": FILLED,
        "focus_areas": JOINED,
        "members_are": KEPT,
        "joining": KEPT,
        "fee": KEPT,
        "eligibility": FILLED,
        "members_url": FILLED,
        # A number, its year and its source belong together.
        "stated_members": KEPT,
        "stated_members_as_of": KEPT,
        "stated_members_source": KEPT,
        "funders": JOINED,
        "parent": KEPT,
        "summary": KEPT,
        "standing": KEPT,
        "sources": JOINED,
    },
    "cities": {
        "id": KEPT,
        "name": KEPT,
        "country": KEPT,
        "admin1": KEPT,
        "admin1_name": FILLED,
        "latitude": KEPT,
        "longitude": KEPT,
        "population": FILLED,
        "timezone": FILLED,
        "geonameid": FILLED,
        "wikidata": FILLED,
        "website": FILLED,
        "ended": KEPT,
        "successor": KEPT,
    },
    "focus_areas": {
        "slug": KEPT,
        "position": KEPT,
        "name": KEPT,
        "parent": KEPT,
        "synonyms": JOINED,
    },
    "funders": {"id": KEPT, "name": KEPT},
}

RELATIONS: dict[str, dict[str, str]] = {
    "networks": {
        "memberships": "moved; one that clashes gives its statements to the other",
        "labels": "moved where the language has none",
        "claims": "moved; a second live claim of one person is withdrawn",
        "verified_domains": "moved",
        "access_tokens": "moved",
        "uploads": "moved",
        "sections": "moved",
        "merged_from": "moved",
        "focus_area_links": "the column focus_areas",
        "terms": "made anew by the search index",
    },
    "cities": {
        "memberships": "moved; one that clashes gives its statements to the other",
        "labels": "moved where the language has none",
        "claims": "moved; a second live claim of one person is withdrawn",
        "verified_domains": "moved",
        "access_tokens": "moved",
        "uploads": "moved",
        "predecessors": "moved",
        "terms": "made anew by the search index",
        "likest": "worked out anew for whoever was touched",
    },
    "focus_areas": {
        "children": "moved, unless the tree would grow a third level",
        "labels": "moved where the language has none",
        "networks": "the networks' column focus_areas, at the better of two ranks",
        "network_links": "the networks' column focus_areas, at the better of two ranks",
    },
    "funders": {"networks": "the networks' column funders"},
}
