"""Whatever one row can state wrongly is refused by the database itself."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F

from directory.datapackage.loading import load_package
from directory.history import change_set
from directory.models import (
    AccessToken,
    City,
    Claim,
    Entry,
    FocusArea,
    Funder,
    IdempotencyKey,
    Label,
    Membership,
    Network,
    NetworkFocusArea,
    Place,
    PlaceName,
    Redirect,
    Region,
    Release,
    ReleaseFile,
    ReviewItem,
    Revision,
    Statement,
    Submission,
    Upload,
    UploadRow,
    VerifiedDomain,
)
from directory.models.choices import Origin
from tests.directory.datapackage.tiny import tiny, write
from tests.factories import make_release

pytestmark = pytest.mark.django_db

# Those of registration are broken in tests/directory/registration/test_constraints.py.
MODELS = [
    model
    for model in apps.get_app_config("directory").get_models()
    if model
    not in (
        *(Claim, VerifiedDomain, Submission, ReviewItem, Upload, UploadRow),
        *(AccessToken, IdempotencyKey),
    )
]
CONSTRAINTS = {constraint.name: model for model in MODELS for constraint in model._meta.constraints}


def first_row(model: type[models.Model], **values: object) -> Callable[[], object]:
    """Return a write of values into a model's first row, past everything that Python checks."""

    def write_values() -> None:
        pk = model._base_manager.order_by("pk").values_list("pk", flat=True)[0]
        model._base_manager.filter(pk=pk).update(**values)

    return write_values


def row(model: type[models.Model], pk: int, **values: object) -> Callable[[], object]:
    return lambda: model._base_manager.filter(pk=pk).update(**values)


def second_file(**values: object) -> Callable[[], object]:
    return lambda: ReleaseFile._base_manager.filter(name="citation.bib").update(**values)


def again(model: type[models.Model]) -> Callable[[], object]:
    """Return a write of a model's first row once more, under a new key."""

    def write_again() -> None:
        instance = model._base_manager.order_by("pk").first()
        instance.pk = None
        model._base_manager.bulk_create([instance])

    return write_again


def label_again(owner: str) -> Callable[[], object]:
    def write_again() -> None:
        label = Label.objects.filter(**{f"{owner}__isnull": False}).first()
        label.pk = None
        Label._base_manager.bulk_create([label])

    return write_again


def rank_again() -> None:
    network = Network.objects.get(slug="north")
    NetworkFocusArea._base_manager.filter(network=network).update(rank=1)


SPECIAL = {
    "revision_one_row": lambda: Revision.objects.create(id=2),
    "entry_once_per_record": again(Entry),
    "entry_before_and_after": first_row(Entry, action="removed"),
    "place_on_earth": lambda: Place.objects.create(
        geonameid=1, name="Nowhere", country_code="NO", latitude=91, longitude=0, population=1
    ),
    **{
        f"{model._meta.model_name}_slug_allowed".replace("focusarea", "focus_area"): first_row(
            model, slug=slug
        )
        for model, slug in {
            Region: "World",
            City: "search",
            FocusArea: "feed",
            Funder: "A",
            Network: "new",
        }.items()
    },
    "region_not_its_own_part": first_row(Region, parent=F("id")),
    "city_not_its_own_successor": first_row(City, successor=F("id")),
    "city_on_earth": first_row(City, longitude=181),
    "city_place_once": lambda: City._base_manager.update(place=5),
    "city_wikidata_once": lambda: City._base_manager.update(wikidata="Q1"),
    "focus_area_not_its_own_parent": first_row(FocusArea, parent=F("id")),
    "network_ends_after_it_begins": first_row(Network, status="ended", ended=1989),
    "network_end_only_when_ended": first_row(Network, ended=2020),
    "network_ended_plausible": first_row(Network, status="ended", founded=None, ended=1799),
    "network_merged_into_another": first_row(Network, status="merged"),
    "network_not_merged_into_itself": first_row(Network, status="merged", merged_into=F("id")),
    "network_not_its_own_parent": first_row(Network, parent=F("id")),
    "network_count_before_its_source": first_row(Network, stated_members=None),
    "network_count_has_a_source": first_row(Network, stated_members_source=""),
    "focus_area_once": lambda: NetworkFocusArea._base_manager.update(
        focus_area=FocusArea.objects.first()
    ),
    "focus_area_rank_once": rank_again,
    "focus_area_rank_from_1": first_row(NetworkFocusArea, rank=0),
    "label_of_one_record": first_row(Label, network=None, city=None, focus_area=None),
    "label_once_per_network": label_again("network"),
    "label_once_per_city": label_again("city"),
    "label_once_per_focus_area": label_again("focus_area"),
    "membership_open_once": again(Membership),
    "membership_ended_without_date": row(Membership, 2, ended=True),
    "membership_days_in_order": row(
        Membership, 2, joined_first_day=F("left_last_day"), left_last_day=F("joined_first_day")
    ),
    "membership_joined_matches_days": row(Membership, 2, joined=""),
    "membership_left_matches_days": row(Membership, 2, left=""),
    "redirect_once_per_slug": again(Redirect),
    "release_file_once": second_file(name="networks.csv"),
    "release_file_position": second_file(position=1),
    "release_file_sha256_length": first_row(ReleaseFile, sha256="abc"),
    "redirect_elsewhere": first_row(Redirect, new_slug=F("old_slug")),
    "statement_source_has_address": row(Statement, 2, source=""),
    "statement_ended_without_date": row(Statement, 2, ended=True),
}

# Checked by the tests of what fills these tables.
ELSEWHERE = {
    *("network_term_once", "city_term_once"),
    *("likeness_rank_once", "likeness_other_once", "likeness_days_once"),
}


def break_constraint(name: str) -> None:
    """Write what the constraint forbids."""
    if name in SPECIAL:
        SPECIAL[name]()
        return
    model = CONSTRAINTS[name]
    column, _, kind = name.rpartition("_")
    fields = {field.name: field for field in model._meta.concrete_fields}
    column = max((name for name in fields if column.endswith(f"_{name}")), key=len)
    value = {
        "length": "x" * ((fields[column].max_length or 0) + 1),
        "filled": "",
        "known": "nonsense",
        "plausible": 1799,
    }[kind]
    first_row(model, **{column: value})()


@pytest.mark.parametrize("name", sorted(CONSTRAINTS.keys() - ELSEWHERE))
def test_the_database_refuses(tmp_path, name):
    load_package(write(tmp_path, tiny()))
    if CONSTRAINTS[name] is PlaceName:
        Place.objects.create(
            geonameid=1, name="A", country_code="NO", latitude=0, longitude=0, population=1
        )
    if CONSTRAINTS[name] in (Release, ReleaseFile):
        make_release()
    with (
        change_set(origin=Origin.COMMAND, reason="Break a constraint"),
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(),
    ):
        break_constraint(name)
    # SQLite names the columns of a broken index, and PostgreSQL refuses text that is too long
    # before it looks at the constraint.
    if "CHECK" in str(refusal.value).upper():
        assert name in str(refusal.value)


def test_every_special_case_is_a_constraint():
    assert SPECIAL.keys() | ELSEWHERE <= CONSTRAINTS.keys()
