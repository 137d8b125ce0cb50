"""Carrying out a plan: rows become records, in batches, each table after those it refers to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.text import slugify

from directory.datapackage.checking_memberships import words_by_membership
from directory.datapackage.plan import TablePlan
from directory.models import Country, Membership, Network, NetworkFocusArea, Region
from directory.models.columns import RECORDS_PER_QUERY, Row, Table
from directory.models.locking import lock_against_writers
from directory.models.network_tables import region_path
from directory.models.region import WORLD
from directory.models.standing import ended_seen
from directory.models.tables import TABLES

BATCH = 1000
# What stands in unique columns of records on their way to new values, by table: an ISO code of
# two letters is nobody's of three, and of memberships that have ended a city may have several.
RELEASED: dict[str, dict[str, Any]] = {
    "countries": {"iso3": F("code")},
    "cities": {"place": None, "wikidata": ""},
    "memberships": {
        "left": "",
        "ended": True,
        "left_first_day": F("joined_first_day"),
        "left_last_day": F("joined_first_day"),
    },
}
PrimaryKeys = dict[str, dict[str, Any]]


def lock_tables() -> None:
    """Let nobody else write public data until the transaction ends; readers go on reading."""
    lock_against_writers(*(table.model for table in TABLES.values()))


def write_plan(plans: dict[str, TablePlan]) -> None:
    """Write all rows that the plan adds or changes, inside an open change set.

    Raises django.db.IntegrityError where the database refuses a row all the same.
    """
    keys: PrimaryKeys = {"regions": _write_regions(plans["countries"].written.values())}
    for name, table in TABLES.items():
        plan = plans[name]
        keys[name] = _primary_keys(table, plan)
        if plan.written:
            _write_table(table, plan, keys)
            if name == "networks":
                _write_links(plan, keys)
    if plans["memberships"].written or plans["statements"].written:
        _write_ended_seen(plans)
    _reset_sequences()


NEVER_REFERRED_TO = ("statements", "labels", "redirects")


def remove_records(removed: Mapping[str, Collection[str]], *, referred_to: bool) -> None:
    """Remove records by table and public id, inside an open change set.

    In two steps, what no record that stays refers to (``referred_to=False``) before a plan is
    written, since it may stand where a record of the plan belongs; the rest afterwards, when
    nothing refers to it any more. Raises django.db.models.ProtectedError where something does.
    """
    if not referred_to:
        for name in NEVER_REFERRED_TO:
            _remove(TABLES[name], removed[name])
        for name in ("cities", "memberships"):
            _let_go_of_unique_values(TABLES[name], removed[name])
        return
    for name in reversed(TABLES):
        if name not in NEVER_REFERRED_TO:
            _remove(TABLES[name], removed[name])


def _remove(table: Table, records: Collection[str]) -> None:
    """Remove records of one table, those first to which no other of them refers."""
    own = [column.name for column in table.columns if column.references == table.name]
    waiting = {table.record_id(row): row for row in table.rows(sorted(records))}
    while waiting:
        needed = {row[name] for row in waiting.values() for name in own}
        batch = sorted(waiting.keys() - needed)
        if not batch:
            raise ValueError(f"{table.name} refer to each other in a circle: {sorted(waiting)}")
        for start in range(0, len(batch), RECORDS_PER_QUERY):
            found = table.find(batch[start : start + RECORDS_PER_QUERY])
            table.model._default_manager.filter(found).delete()
        for record in batch:
            del waiting[record]


def _primary_keys(table: Table, plan: TablePlan) -> dict[str, Any]:
    """Return the primary key of every record, those that are yet to be written included.

    Keys are given here, so that records of one table may refer to each other in any order.
    """
    model = table.model
    if table.name == "countries":
        return {code: code for code in plan.after}
    if table.name in ("memberships", "statements"):
        return {public_id: int(public_id[1:]) for public_id in plan.after}
    if table.name in ("labels", "redirects"):
        return {}
    keys: dict[str, Any] = dict(model._default_manager.values_list("slug", "pk"))
    following = max(keys.values(), default=0) + 1
    added = enumerate(plan.report.added, start=following)
    return keys | {record: number for number, record in added}


def _write_table(table: Table, plan: TablePlan, keys: PrimaryKeys) -> None:
    added = [record for record in plan.written if record not in plan.before]
    changed = [record for record in plan.written if record in plan.before]
    fields = [field.name for field in table.model._meta.concrete_fields if not field.primary_key]
    updates = list(_updates(table, plan, changed, keys))
    _release_unique_values(table, updates)
    objects = table.model._default_manager
    if updates:
        objects.bulk_create(
            updates,
            batch_size=BATCH,
            update_conflicts=True,
            update_fields=fields,
            unique_fields=[table.model._meta.pk.name],
        )
    creations = []
    for record in added:
        instance = table.model()
        _fill(instance, table, plan.written[record], keys)
        if record in keys[table.name]:
            instance.pk = keys[table.name][record]
        creations.append(instance)
    objects.bulk_create(creations, batch_size=BATCH)


def _updates(table: Table, plan: TablePlan, records: list[str], keys: PrimaryKeys) -> Iterator[Any]:
    for instance in table.instances(records):
        record = table.record_id(table.row(instance))
        _fill(instance, table, plan.written[record], keys)
        yield instance


def _fill(instance: Any, table: Table, row: Row, keys: PrimaryKeys) -> None:
    for column in table.columns:
        if column.write:
            column.write(instance, row[column.name], keys)
    # Columns that follow from other tables; the check has seen to it that they do.
    if table.name == "memberships":
        instance.standing = row["standing"]


def _release_unique_values(table: Table, updates: list[Any]) -> None:
    """Let go of what two records may be exchanging, which no single statement could do."""
    if table.name in RELEASED:
        pks = [record.pk for record in updates]
        for start in range(0, len(pks), RECORDS_PER_QUERY):
            batch = pks[start : start + RECORDS_PER_QUERY]
            table.model._default_manager.filter(pk__in=batch).update(**RELEASED[table.name])


def _let_go_of_unique_values(table: Table, records: Collection[str]) -> None:
    """Let go of what records hold that are about to be removed, for those that take it over."""
    ids = sorted(records)
    for start in range(0, len(ids), RECORDS_PER_QUERY):
        found = table.find(ids[start : start + RECORDS_PER_QUERY])
        table.model._default_manager.filter(found).update(**RELEASED[table.name])


def _write_regions(countries: Iterable[Row]) -> dict[str, int]:
    """Make the regions that the rows of countries name, and return all of them by name."""
    regions = {region.name: region for region in Region.objects.select_related("parent")}
    paths = {(): None} | {(row["region"],): None for row in countries}
    paths |= {
        (row["region"], row["subregion"]): None
        for row in countries
        if row["subregion"] != row["region"]
    }
    for path in sorted(paths):
        name = path[-1] if path else WORLD
        above = None if not path else regions[path[-2] if len(path) > 1 else WORLD]
        region = regions.get(name)
        if region is None:
            region = regions[name] = Region(name=name, slug=slugify(name), parent=above)
            region.save()
        elif region_path(region) != path:
            region.parent = above
            region.save()
    return {name: region.pk for name, region in regions.items()}


def _write_links(plan: TablePlan, keys: PrimaryKeys) -> None:
    """Write the lists of networks: ranked focus areas, regions, countries, funders."""
    numbers = keys["networks"]
    for name, target in (("regions", "region"), ("countries", "country"), ("funders", "funder")):
        rows = _changed_lists(plan, name)
        through = Network._meta.get_field(name).remote_field.through
        _clear_links(through, [numbers[slug] for slug in rows])
        through._default_manager.bulk_create(
            [
                through(**{"network_id": numbers[slug], f"{target}_id": keys[name][item]})
                for slug, items in rows.items()
                for item in items
            ],
            batch_size=BATCH,
        )
    rows = _changed_lists(plan, "focus_areas")
    _clear_links(NetworkFocusArea, [numbers[slug] for slug in rows])
    NetworkFocusArea.objects.bulk_create(
        [
            NetworkFocusArea(
                network_id=numbers[slug], focus_area_id=keys["focus_areas"][item], rank=rank
            )
            for slug, items in rows.items()
            for rank, item in enumerate(items, start=1)
        ],
        batch_size=BATCH,
    )


def _changed_lists(plan: TablePlan, column: str) -> dict[str, list[str]]:
    return {
        slug: row[column]
        for slug, row in plan.written.items()
        if plan.before.get(slug, {}).get(column, []) != row[column]
    }


def _clear_links(through: Any, networks: list[int]) -> None:
    for start in range(0, len(networks), RECORDS_PER_QUERY):
        batch = networks[start : start + RECORDS_PER_QUERY]
        through._default_manager.filter(network_id__in=batch).delete()


def _write_ended_seen(plans: dict[str, TablePlan]) -> None:
    """Store until which year memberships are known that ended on an unknown day."""
    words = words_by_membership(plans["statements"].after)
    stored = dict(Membership.objects.filter(ended=True).values_list("pk", "ended_seen"))
    seen = {}
    for public_id, row in plans["memberships"].after.items():
        if row["ended"]:
            seen[int(public_id[1:])] = ended_seen(words[public_id])
    late = [pk for pk, year in seen.items() if stored.get(pk) != year]
    for start in range(0, len(late), RECORDS_PER_QUERY):
        batch = list(Membership.objects.filter(pk__in=late[start : start + RECORDS_PER_QUERY]))
        for membership in batch:
            membership.ended_seen = seen[membership.pk]
        Membership.objects.bulk_update(batch, ["ended_seen"])


def _reset_sequences() -> None:
    """Let the next new record take a number that no record has, nor had: ids are permanent.

    SQLite sees to it by itself.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in (table.model for table in TABLES.values() if table.model is not Country):
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [name])
            (sequence,) = cursor.fetchone()
            cursor.execute(
                f"SELECT setval(%s, GREATEST((SELECT MAX(id) FROM {name}), "  # noqa: S608
                f"(SELECT last_value FROM {sequence})))",
                [sequence],
            )
