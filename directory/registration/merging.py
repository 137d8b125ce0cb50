"""Making one record of two that are the same; the other's address leads to the one that stays.

Every column and everything that refers to a record is named here: a test fails when a model gains
one that is not.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from directory.models import City, Claim, Label, Membership, Network, Submission
from directory.models.choices import NetworkStatus
from directory.models.claim import LIVE_CLAIM_STATES, ClaimState
from directory.models.columns import Row
from directory.models.tables import TABLES
from directory.registration import disputes, queue
from directory.registration.editing import NOT_EDITED, redirect
from directory.registration.periods import clashing
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible
from directory.registration.recording import recorded
from directory.registration.records import record_of, write
from directory.registration.statements import follow_statements
from directory.registration.values import checked


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
    },
}


def merged_values(table: str, kept: Row, duplicate: Row) -> Row:
    """Return what the merged record says by the policies, to be shown before it is done."""
    row = dict(kept)
    for column, policy in POLICIES[table].items():
        if policy is JOINED:
            row[column] = list(dict.fromkeys([*kept[column], *duplicate[column]]))
        elif policy is FILLED and kept[column] in ("", None):
            row[column] = duplicate[column]
    if table == "networks" and duplicate["name"] not in (kept["name"], *row["aliases"]):
        row["aliases"].append(duplicate["name"])
    return row


def merge_duplicates(
    *,
    actor: Any,
    table: str,
    kept: str,
    duplicate: str,
    reason: str,
    values: Mapping[str, Any] | None = None,
) -> Any:
    """Make one record of two networks, or of two cities, that are the same; returns it.

    ``values`` are the editor's choices by column, over those of the policies. Memberships,
    statements, names, claims and domains move; the duplicate's address redirects.
    """
    require(actor, Action.EDIT_RECORD)
    if table not in POLICIES:
        raise Invalid({"table": [_("Only networks and cities are merged.")]})
    if kept == duplicate:
        raise Invalid({"duplicate": [_("Choose two different records.")]})
    chosen = checked(TABLES[table], values or {}, allowed=POLICIES[table].keys() - NOT_EDITED)
    with recorded(actor=actor, office=None, reason=reason) as changes:
        changes.touch(table, [kept, duplicate])
        stays, goes = record_of(TABLES[table], kept), record_of(TABLES[table], duplicate)
        before, other = TABLES[table].row(stays), TABLES[table].row(goes)
        row = merged_values(table, before, other) | chosen
        _move(table, stays, goes)
        goes.delete()
        news = {name: value for name, value in row.items() if value != before[name]}
        stays = write(TABLES[table], record_of(TABLES[table], kept), news)
        redirect(table, duplicate, kept)
        Submission.objects.filter(table=table, record=duplicate).update(record=kept)
    return stays


def merge_network_into(
    *, actor: Any, network: Network, successor: Network, reason: str, ended: int | None = None
) -> Network:
    """Say that a network became part of another one; its page and its members' history stay."""
    require(actor, Action.EDIT_RECORD, network)
    table = TABLES["networks"]
    said = checked(table, {"ended": ended}, allowed=("ended",))
    with recorded(actor=actor, office=None, reason=reason) as changes:
        changes.touch("networks", [network.slug])
        return write(
            table,
            record_of(table, network.slug),
            said | {"status": NetworkStatus.MERGED.value, "merged_into": successor.slug},
        )


def end_city(
    *, actor: Any, city: City, reason: str, ended: int | None = None, successor: City | None = None
) -> City:
    """Say that a city is a municipality no more: when, what it became part of, or both.

    Its page and its history stay. So do its memberships, until somebody says what became of them,
    and its claims, so that its people can say it.
    """
    require(actor, Action.EDIT_RECORD, city)
    if ended is None and successor is None:
        raise Invalid({"ended": [_("Write the year, or the city that it became part of.")]})
    table = TABLES["cities"]
    said = checked(
        table,
        {"ended": ended, "successor": successor.slug if successor else ""},
        allowed=("ended", "successor"),
    )
    with recorded(actor=actor, office=None, reason=reason) as changes:
        # The successor too: two cities must not come to be part of each other at once.
        changes.touch("cities", {city.slug, *([successor.slug] if successor else [])})
        return write(table, record_of(table, city.slug), said)


def _move(table: str, stays: Any, goes: Any) -> None:
    """Let all that refers to the duplicate refer to the record that stays."""
    owner = "network" if table == "networks" else "city"
    for membership in Membership.objects.filter(**{owner: goes}).order_by("pk"):
        _move_membership(membership, owner, stays)
    taken = set(Label.objects.filter(**{owner: stays}).values_list("language", flat=True))
    for label in Label.objects.filter(**{owner: goes}):
        if label.language in taken:
            label.delete()
        else:
            setattr(label, owner, stays)
            label.save()
    for claim in goes.claims.all():
        _move_claim(claim, owner, stays)
    goes.verified_domains.update(**{owner: stays})
    goes.access_tokens.update(**{owner: stays})
    goes.uploads.update(**{owner: stays})
    if isinstance(goes, Network):
        _move_networks(stays, goes)
    else:
        _move_predecessors(stays, goes)


def _move_membership(membership: Membership, owner: str, stays: City | Network) -> None:
    setattr(membership, owner, stays)
    same = clashing(membership)
    if same is None:
        membership.save()
        return
    disputes.drop(membership)
    for statement in membership.statements.order_by("pk"):
        statement.membership = same
        statement.save()
    membership.delete()
    follow_statements(same)
    disputes.follow(same)


def _move_claim(claim: Claim, owner: str, stays: City | Network) -> None:
    has_another = Claim.objects.filter(
        person=claim.person_id, person__isnull=False, state__in=LIVE_CLAIM_STATES, **{owner: stays}
    )
    if claim.state in LIVE_CLAIM_STATES and has_another.exists():
        if claim.state == ClaimState.VERIFIED:
            queue.drop(item=claim.review)
        claim.state, claim.link_key = ClaimState.WITHDRAWN, ""
    setattr(claim, owner, stays)
    claim.save()


def _move_predecessors(stays: City, goes: City) -> None:
    if stays.successor_id == goes.pk:
        raise NotPossible(
            _("%(kept)s became part of the other one. Keep that one instead.")
            % {"kept": stays.name},
            code="merged",
            existing=goes,
        )
    for city in goes.predecessors.all():
        city.successor = stays
        city.save()


def _move_networks(stays: Network, goes: Network) -> None:
    if stays.merged_into_id == goes.pk:
        raise NotPossible(
            _("%(kept)s was merged into the other one. Keep that one instead.")
            % {"kept": stays.name},
            code="merged",
            existing=goes,
        )
    for name in ("parent", "merged_into"):
        for network in Network.objects.filter(**{name: goes}).exclude(pk=stays.pk):
            setattr(network, name, stays)
            network.save()
    if stays.parent_id == goes.pk:
        stays.parent = None if goes.parent_id == stays.pk else goes.parent
        stays.save()
