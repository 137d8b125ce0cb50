"""Writing what an approved submission says, with its source beside it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.history import current_changes
from directory.models import Membership, Network, Submission
from directory.models.choices import MembershipStanding, NetworkStanding, Voice
from directory.models.columns import Row, Table
from directory.models.submission import SubmissionKind
from directory.models.tables import TABLES
from directory.models.text import fold
from directory.registration import disputes
from directory.registration.joining import lock_sides
from directory.registration.likeness import Lookalike, cities_like, networks_like
from directory.registration.periods import check_period
from directory.registration.problems import NotPossible
from directory.registration.records import create, free_slug, record_of, write
from directory.registration.sides import fill, lock_city
from directory.registration.statements import Evidence, follow_statements, say

# What is not known of a new network until somebody says it.
UNKNOWN = {"status": "active", "joining": "unknown", "fee": "unknown"}


def apply(submission: Submission, values: Row, *, is_distinct: bool = False) -> Any:
    """Write the values, inside a change set; returns the record.

    Raises ``NotPossible`` with the ``existing`` record where a new one looks like it, unless
    ``is_distinct``.
    """
    match SubmissionKind(submission.kind):
        case SubmissionKind.NEW_CITY:
            return new_city(values, is_distinct=is_distinct)
        case SubmissionKind.NEW_NETWORK:
            return new_network(values, source=submission.source, is_distinct=is_distinct)
        case SubmissionKind.NEW_MEMBERSHIP:
            return _new_membership(submission, values)
        case SubmissionKind.CORRECTION:
            return _correct(submission, values)


def new_city(values: Mapping[str, Any], *, is_distinct: bool = False) -> Any:
    """Make a city from checked values; its id follows from its name unless it is given."""
    if not is_distinct:
        known = ("country", "latitude", "longitude", "geonameid")
        _refuse_lookalike(cities_like(values["name"], **{name: values.get(name) for name in known}))
    code, name = values["country"].lower(), values["name"]
    # A name without Latin letters would leave nothing but the country.
    named = (
        [f"{name}-{code}", f"{name}-{values.get('admin1_name', '')}-{code}"]
        if fold(name).isascii()
        else []
    )
    table = TABLES["cities"]
    given = values.get("id")
    return create(table, {**values, "id": free_slug(table, *([given] if given else named))})


def new_network(values: Mapping[str, Any], *, source: str, is_distinct: bool = False) -> Any:
    """Make a network from checked values; its id follows from its name unless it is given."""
    if not is_distinct:
        _refuse_lookalike(
            networks_like(
                values["name"],
                acronym=values.get("acronym", ""),
                website=values.get("website", ""),
            )
        )
    table = TABLES["networks"]
    row = {
        **UNKNOWN,
        **values,
        "standing": NetworkStanding.SOURCED,
        "sources": [source],
        "slug": free_slug(table, values.get("slug") or values["name"]),
    }
    return create(table, row)


def _new_membership(submission: Submission, values: Row) -> Membership:
    network = record_of(TABLES["networks"], values["network"])
    city = record_of(TABLES["cities"], values["city"])
    lock_sides(city, network)
    membership = Membership(city=city, network=network, standing=MembershipStanding.UNVERIFIED)
    fill(membership, {k: v for k, v in values.items() if k not in ("city", "network")})
    check_period(membership)
    membership.save()
    _say_source(submission, membership)
    return membership


def _correct(submission: Submission, values: Row) -> Any:
    table = TABLES[submission.table]
    record = _held(table, submission.record)
    if isinstance(record, Membership):
        fill(record, values)
        check_period(record)
        record.save()
        _say_source(submission, record)
        return record
    if isinstance(record, Network) and submission.source not in record.sources:
        values = values | {
            "sources": [*record.sources, submission.source],
            "standing": NetworkStanding.SOURCED,
        }
    return write(table, record, values)


def _held(table: Table, public_id: str) -> Any:
    """Return a record as it is now; nobody else writes it until the change set is closed."""
    record = record_of(table, public_id)
    if isinstance(record, Membership):
        lock_city(record.city)
    changes = current_changes()
    if changes is not None:
        changes.touch(table.name, [public_id])
    return record_of(table, public_id)


def _say_source(submission: Submission, membership: Membership) -> None:
    """Let the source speak; where an office has spoken, the editor who read it does."""
    offices = membership.statements.filter(voice__in=(Voice.CITY, Voice.NETWORK))
    voice = Voice.EDITOR if offices.exists() else Voice.SOURCE
    say(membership, voice, evidence=Evidence(submission.source))
    follow_statements(membership)
    disputes.follow(membership)


def _refuse_lookalike(found: list[Lookalike]) -> None:
    if found:
        raise NotPossible(
            _("This may be %(name)s, which is there already. If it is not, say so.")
            % {"name": found[0].record.name},
            code="lookalike",
            existing=found[0].record,
        )
