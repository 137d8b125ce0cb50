"""Moving all that refers to a duplicate to the record that stays, inside a change set."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from directory.models import City, Claim, FocusArea, Funder, Label, Membership, Network
from directory.models.claim import LIVE_CLAIM_STATES, ClaimState
from directory.models.tables import TABLES
from directory.registration import disputes, queue
from directory.registration.offices import Office
from directory.registration.periods import clashing
from directory.registration.problems import NotPossible
from directory.registration.records import write
from directory.registration.sides import lock_cities
from directory.registration.statements import follow_statements

NAMED_BY_NETWORKS = {
    "networks": ("parent", "merged_into"),
    "focus_areas": ("focus_areas",),
    "funders": ("funders",),
}
"""By which columns networks name a record of a table."""


def lock(table: str, kept: str, duplicate: str) -> None:
    """Let nobody change what the merge moves; cities come first, as for whoever writes one."""
    if table == "networks":
        lock_cities(City.objects.filter(memberships__network__slug__in=(kept, duplicate)))
    naming = Q()
    for column in NAMED_BY_NETWORKS.get(table, ()):
        naming |= Q(**{f"{column}__slug": duplicate})
    if naming:
        networks = Network.objects.filter(naming).values("pk")
        held = Network.objects.filter(pk__in=networks).select_for_update(of=("self",))
        list(held.order_by("pk").values_list("pk"))


def move(table: str, stays: Any, goes: Any) -> None:
    """Let all that refers to the duplicate refer to the record that stays."""
    match table:
        case "networks":
            _move_office("network", stays, goes)
            _move_networks(stays, goes)
        case "cities":
            _move_office("city", stays, goes)
            _move_predecessors(stays, goes)
        case "focus_areas":
            _move_children(stays, goes)
            _move_labels("focus_area", stays, goes)
            _replace("focus_areas", stays, goes)
        case "funders":
            _replace("funders", stays, goes)


def _move_office(owner: str, stays: Office, goes: Office) -> None:
    for membership in Membership.objects.filter(**{owner: goes}).order_by("pk"):
        _move_membership(membership, owner, stays)
    _move_labels(owner, stays, goes)
    for claim in goes.claims.all():
        _move_claim(claim, owner, stays)
    goes.verified_domains.update(**{owner: stays})
    goes.access_tokens.update(**{owner: stays})
    goes.uploads.update(**{owner: stays})


def _move_labels(owner: str, stays: Any, goes: Any) -> None:
    taken = set(Label.objects.filter(**{owner: stays}).values_list("language", flat=True))
    for label in Label.objects.filter(**{owner: goes}):
        # Its id names its owner: that of another one is another record, to the log too.
        label.delete()
        if label.language not in taken:
            Label.objects.create(
                language=label.language, name=label.name, synonyms=label.synonyms, **{owner: stays}
            )


def _move_membership(membership: Membership, owner: str, stays: Office) -> None:
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


def _move_claim(claim: Claim, owner: str, stays: Office) -> None:
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


def _move_children(stays: FocusArea, goes: FocusArea) -> None:
    if stays.parent_id == goes.pk:
        stays.parent = None
        stays.save()
    children = list(goes.children.exclude(pk=stays.pk))
    if children and stays.parent_id:
        raise NotPossible(
            _("%(gone)s has areas below it, and focus areas are two levels deep. Move them first.")
            % {"gone": goes.name},
            code="tree",
        )
    for area in children:
        area.parent = stays
        area.save()


def _replace(column: str, stays: FocusArea | Funder, goes: FocusArea | Funder) -> None:
    """Let networks name the record that stays, once, where they named the other."""
    table = TABLES["networks"]
    slugs = sorted(goes.networks.values_list("slug", flat=True))
    for network in table.instances(slugs):
        named = (stays.slug if slug == goes.slug else slug for slug in table.row(network)[column])
        write(table, network, {column: list(dict.fromkeys(named))})
