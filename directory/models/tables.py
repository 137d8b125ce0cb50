"""The nine public tables of the directory, as the data package writes them.

This is the registry behind the change log, the data package and the data dictionary. A test
fails when a public model has a field that is in no column here.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q

from directory.models.choices import RecordType
from directory.models.city_tables import CITIES, COUNTRIES, MEMBERSHIPS, STATEMENTS
from directory.models.column_kinds import choice, plain, texts
from directory.models.columns import Column, Keys, Table
from directory.models.fields import SLUG
from directory.models.label import Label
from directory.models.network_tables import FOCUS_AREAS, FUNDERS, NETWORKS
from directory.models.redirect import Redirect

LABEL_OWNERS = {"cities": "city", "focus-areas": "focus_area", "networks": "network"}
"""Where a label's record lives: first part of ``record`` → field of the label."""

LABEL_TABLES = {"cities": "cities", "focus-areas": "focus_areas", "networks": "networks"}
"""First part of a label's ``record`` → table that must hold the second."""

SLUG_TABLES = {
    RecordType.NETWORK: "networks",
    RecordType.CITY: "cities",
    RecordType.FOCUS_AREA: "focus_areas",
    RecordType.FUNDER: "funders",
}
"""Kind of record that a redirect may lead to → the table that holds it."""


def _by_type_and_slug(ids: Collection[str]) -> Q:
    condition = Q(pk__in=[])
    for public_id in ids:
        record_type, _, old = public_id.partition("/")
        condition |= Q(record_type=record_type, old_slug=old)
    return condition


def _by_owner_and_language(ids: Collection[str]) -> Q:
    condition = Q(pk__in=[])
    for public_id in ids:
        kind, owner, language = public_id.split("/")
        condition |= Q(**{f"{LABEL_OWNERS[kind]}__slug": owner, "language": language})
    return condition


def _label_record(label: Any) -> str:
    for kind, owner in LABEL_OWNERS.items():
        if getattr(label, f"{owner}_id") is not None:
            return f"{kind}/{getattr(label, owner).slug}"
    raise ValueError(f"label {label.pk} belongs to no record")


def _label_owner(label: Any, value: str, keys: Keys) -> None:
    kind, public_id = value.split("/")
    for other, owner in LABEL_OWNERS.items():
        pk = keys[LABEL_TABLES[kind]][public_id] if other == kind else None
        setattr(label, f"{owner}_id", pk)


REDIRECTS = Table(
    name="redirects",
    description="Former ids of renamed or merged records, and the ids that stand for them now.",
    model=Redirect,
    key=("record_type", "old"),
    order=("record_type", "old_slug"),
    find=_by_type_and_slug,
    columns=(
        choice("record_type", "What kind of record it is.", RecordType),
        plain(
            "old",
            "Former id.",
            attribute="old_slug",
            required=True,
            pattern=SLUG,
            max_length=80,
        ),
        plain(
            "new",
            "Present id.",
            attribute="new_slug",
            required=True,
            pattern=SLUG,
            max_length=80,
        ),
    ),
)

LABELS = Table(
    name="labels",
    description="Names of networks, cities and focus areas, and other words for them, by language.",
    model=Label,
    key=("record", "language"),
    order=(
        F("city__slug").asc(nulls_last=True),
        F("focus_area__slug").asc(nulls_last=True),
        F("network__slug").asc(nulls_last=True),
        "language",
    ),
    find=_by_owner_and_language,
    related=("city", "focus_area", "network"),
    columns=(
        Column(
            name="record",
            description="The record: cities/…, focus-areas/… or networks/… and its id.",
            read=_label_record,
            write=_label_owner,
            fields=("city", "focus_area", "network"),
            required=True,
            pattern=f"({'|'.join(LABEL_OWNERS)})/{SLUG}",
            max_length=100,
        ),
        plain(
            "language",
            "Language of the name: a BCP 47 tag such as fr, zh-Hant or pt-BR.",
            required=True,
            pattern="[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?",
            max_length=12,
        ),
        plain("name", "The name in that language.", required=True, max_length=200),
        texts("synonyms", "Other words for it in that language; they feed the search."),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        COUNTRIES,
        FOCUS_AREAS,
        FUNDERS,
        NETWORKS,
        CITIES,
        MEMBERSHIPS,
        STATEMENTS,
        LABELS,
        REDIRECTS,
    )
}
"""Every public table by name, each after those that it refers to."""
