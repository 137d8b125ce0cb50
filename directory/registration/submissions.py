"""What anyone may suggest, with a source: it waits for an editor and changes nothing by itself."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from directory.models import City, Network, Place, ReviewItem, Submission
from directory.models.columns import Row, Table
from directory.models.review import ReviewKind
from directory.models.submission import SubmissionKind
from directory.models.tables import TABLES
from directory.registration import queue
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, check_row, one_line
from directory.registration.records import record_of
from directory.registration.values import checked

CORRECTABLE = {
    "cities": ("name", "admin1_name", "latitude", "longitude", "population", "wikidata", "website"),
    "networks": (
        *("name", "acronym", "aliases", "website", "founded", "ended", "status", "kind", "scope"),
        *("regions", "countries", "headquarters_city", "headquarters_country", "focus_areas"),
        *("members_are", "joining", "fee", "eligibility", "members_url", "stated_members"),
        *("stated_members_as_of", "stated_members_source", "funders", "summary"),
    ),
    "memberships": ("role", "founder", "joined", "left", "ended"),
}
"""What a correction may name, by table; ids, standings and mergers are the editors' own."""

PROPOSED_CITY = (
    *("name", "country", "admin1", "admin1_name", "latitude", "longitude", "population"),
    *("timezone", "geonameid", "website"),
)


def correct(
    *,
    actor: Any,
    table: str,
    record: str,
    values: Mapping[str, Any],
    source: str,
    form_key: uuid.UUID,
    comment: str = "",
) -> Submission:
    """Suggest what a record should say instead; ``actor`` may be a visitor (None).

    ``form_key`` comes with the form: the same form sent twice is one submission. Raises
    ``Invalid`` where nothing differs from what the record says.
    """
    require(actor, Action.SUBMIT_CORRECTION)
    if table not in CORRECTABLE:
        raise Invalid({"table": [_("There is nothing to correct here.")]})
    proposed = checked(TABLES[table], values, allowed=CORRECTABLE[table])
    now = TABLES[table].row(record_of(TABLES[table], record))
    differing = {name: value for name, value in proposed.items() if value != now[name]}
    if not differing:
        raise Invalid({"values": [_("This is what it says already. Change what is wrong.")]})
    return _submit(
        actor=actor,
        form_key=form_key,
        kind=SubmissionKind.CORRECTION,
        table=table,
        # As the site writes it: a membership is found by its number however many zeros lead.
        record=TABLES[table].record_id(now),
        proposed=differing,
        before={name: now[name] for name in differing},
        source=source,
        comment=comment,
    )


def propose_membership(
    *,
    actor: Any,
    city: City,
    network: Network,
    source: str,
    form_key: uuid.UUID,
    comment: str = "",
    **values: Any,
) -> Submission:
    """Suggest a membership that is missing; ``actor`` may be a visitor (None)."""
    require(actor, Action.SUBMIT_CORRECTION)
    proposed = checked(
        TABLES["memberships"],
        {"city": city.slug, "network": network.slug} | values,
        allowed=("city", "network", *CORRECTABLE["memberships"]),
    )
    return _submit(
        actor=actor,
        form_key=form_key,
        kind=SubmissionKind.NEW_MEMBERSHIP,
        table="memberships",
        proposed=proposed,
        source=source,
        comment=comment,
    )


def propose_city(
    *,
    actor: Any,
    source: str,
    form_key: uuid.UUID,
    place: Place | None = None,
    comment: str = "",
    **values: Any,
) -> Submission:
    """Propose a city that is missing: a place of the gazetteer, or a name with coordinates.

    Show ``likeness.cities_like`` first.
    """
    require(actor, Action.PROPOSE_RECORD)
    known = _of_place(place) if place else {}
    proposed = checked(TABLES["cities"], known | values, allowed=PROPOSED_CITY)
    _require_columns(TABLES["cities"], proposed, ("name", "country", "latitude", "longitude"))
    return _submit(
        actor=actor,
        form_key=form_key,
        kind=SubmissionKind.NEW_CITY,
        table="cities",
        proposed=proposed,
        source=source,
        comment=comment,
    )


def propose_network(
    *, actor: Any, source: str, form_key: uuid.UUID, comment: str = "", **values: Any
) -> Submission:
    """Propose a network that is missing; show ``likeness.networks_like`` first.

    Only its name is needed, what else is known helps the editor.
    """
    require(actor, Action.PROPOSE_RECORD)
    proposed = checked(TABLES["networks"], values, allowed=CORRECTABLE["networks"])
    _require_columns(TABLES["networks"], proposed, ("name",))
    return _submit(
        actor=actor,
        form_key=form_key,
        kind=SubmissionKind.NEW_NETWORK,
        table="networks",
        proposed=proposed,
        source=source,
        comment=comment,
    )


@transaction.atomic
def withdraw(*, actor: Any, submission: Submission) -> None:
    """Take back what one has suggested, while it is not decided."""
    require(actor, Action.WITHDRAW_SUBMISSION, submission)
    queue.drop(item=submission.review)


def _submit(*, actor: Any, form_key: uuid.UUID, **fields: Any) -> Submission:
    person = actor if getattr(actor, "pk", None) else None
    submission = Submission(
        person=person,
        form_key=form_key,
        **fields | {"source": fields["source"].strip(), "comment": one_line(fields["comment"])},
    )
    # Also refuses a missing source, and addresses that browsers would run as a script.
    checked(TABLES["statements"], {"source": submission.source}, allowed=("source",))
    check_row(submission, exclude=("proposed", "before"))
    try:
        with transaction.atomic():
            submission.save()
            ReviewItem.objects.create(kind=ReviewKind.SUBMISSION, submission=submission)
    except IntegrityError as error:
        sent = Submission.objects.filter(form_key=form_key)
        if not sent.exists():
            raise
        # Never somebody else's: it would show what they suggested.
        sent_before = sent.filter(person=person).first()
        if sent_before is None:
            raise NotPossible(
                _("This form was sent by somebody else. Load the page again."), code="form"
            ) from error
        return sent_before
    return submission


def _of_place(place: Place) -> Row:
    return {
        "name": place.name,
        "country": place.country_code,
        "admin1": place.admin1_code,
        "admin1_name": place.admin1_name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population,
        "timezone": place.timezone,
        "geonameid": place.geonameid,
    }


def _require_columns(table: Table, proposed: Row, needed: tuple[str, ...]) -> None:
    missing = {
        name: [_("This is needed.")] for name in needed if proposed.get(name) in (None, "", [])
    }
    if missing:
        raise Invalid(missing)
