"""Writing one public record from a row of the data package, or from some columns of it."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.datapackage.checking import RESERVED_SLUGS
from directory.models import Country, Funder, Network, NetworkFocusArea, Redirect, Region
from directory.models import FocusArea as Area
from directory.models.columns import Keys, Row, Table
from directory.models.fields import SLUG
from directory.models.tables import SLUG_TABLES, TABLES
from directory.models.text import fold
from directory.registration.problems import Invalid, NotPossible
from directory.registration.record_checks import check_record

LONGEST_SLUG = 80
RECORD_TYPES = {table: record_type for record_type, table in SLUG_TABLES.items()}


def record_of(table: Table, public_id: str) -> Any:
    """Return the record; raises ``NotPossible`` where there is none."""
    for instance in table.instances([public_id]):
        return instance
    raise NotPossible(_("There is no “%(id)s” any more.") % {"id": public_id}, code="gone")


def named_record(table: Table, column: str, public_id: str) -> Any:
    """Return the record that somebody named in a column, also by an id that it once had.

    Raises ``Invalid``, with a sentence for the column, where there is none.
    """
    record_type = RECORD_TYPES[table.name]
    # What is no id at all, such as text with a zero in it, never reaches the database.
    if re.fullmatch(SLUG, public_id, re.ASCII):
        former = Redirect.objects.filter(record_type=record_type, old_slug=public_id)
        present = former.values_list("new_slug", flat=True).first() or public_id
        for instance in table.instances([present]):
            return instance
    raise Invalid({column: [_("“%(id)s” is not known.") % {"id": public_id[:LONGEST_SLUG]}]})


def write(table: Table, instance: Any, values: Mapping[str, Any]) -> Any:
    """Set columns of a record and save it, inside a change set; ``values`` are checked ones.

    Raises ``Invalid`` for what columns together, or records together, cannot say.
    """
    keys = _keys(table, values)
    for name, value in values.items():
        column = table.column(name)
        if column.write:
            column.write(instance, value, keys)
    check_record(table, instance)
    instance.save()
    _link(table, instance, values)
    return instance


def create(table: Table, values: Mapping[str, Any]) -> Any:
    """Make a record from checked values, inside a change set.

    Raises ``Invalid`` where a column that is needed is missing.
    """
    row: Row = {column.name: column.empty for column in table.columns} | dict(values)
    missing = {
        column.name: [_("This is needed.")]
        for column in table.columns
        if column.required and row[column.name] in ("", None, [])
    }
    if missing:
        raise Invalid(missing)
    return write(table, table.model(), row)


def free_slug(table: Table, *candidates: str) -> str:
    """Return the first of the texts that gives an id which no record has or had.

    Raises ``Invalid`` where none does: names without Latin letters need an id from an editor.
    """
    for candidate in candidates:
        slug = slugify(fold(candidate))[:LONGEST_SLUG].strip("-")
        if slug and is_free(table, slug):
            return slug
    key = table.key[0]
    raise Invalid({key: [_("Write an id in Latin letters that no record has or had.")]})


def is_free(table: Table, slug: str) -> bool:
    """Whether an id is neither in use nor was, and no address of the site."""
    former = Redirect.objects.filter(record_type=RECORD_TYPES[table.name], old_slug=slug)
    in_use = table.model._default_manager.filter(slug=slug)
    return slug not in RESERVED_SLUGS and not in_use.exists() and not former.exists()


def _keys(table: Table, values: Mapping[str, Any]) -> Keys:
    """Return the primary keys of the records that the values refer to."""
    keys: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        column = table.column(name)
        if not column.references or column.is_linked or not value:
            continue
        found = record_of(TABLES[column.references], value)
        keys.setdefault(column.references, {})[value] = found.pk
    return keys


def _link(table: Table, instance: Any, values: Mapping[str, Any]) -> None:
    """Write the lists of a network."""
    if table.name != "networks":
        return
    if "regions" in values:
        instance.regions.set(Region.objects.filter(name__in=values["regions"]))
    if "countries" in values:
        instance.countries.set(Country.objects.filter(code__in=values["countries"]))
    if "funders" in values:
        instance.funders.set(Funder.objects.filter(slug__in=values["funders"]))
    if "focus_areas" in values:
        _rank(instance, values["focus_areas"])


def _rank(network: Network, slugs: list[str]) -> None:
    areas = {area.slug: area for area in Area.objects.filter(slug__in=slugs)}
    now = network.focus_area_links.order_by("rank").values_list("focus_area__slug", flat=True)
    if list(now) == slugs:
        return
    network.focus_area_links.all().delete()
    for rank, slug in enumerate(slugs, start=1):
        NetworkFocusArea.objects.create(network=network, focus_area=areas[slug], rank=rank)
