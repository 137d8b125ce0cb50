"""The database's own counters: a number that was ever given to a row is not given again."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from directory.integrity.finding import Finding
from directory.models import Entry, Membership, Statement
from directory.models.counters import last_number

# Public ids that are such numbers: the log names also those of records that are gone.
NUMBERED = {"memberships": Membership, "statements": Statement}


def counters() -> Iterator[Finding]:
    """The counter of each table stands at or behind the greatest number of its rows and its log."""
    named = {model: _greatest_in_log(table) for table, model in NUMBERED.items()}
    for model in apps.get_models(include_auto_created=True):
        stands = last_number(model) if model._meta.managed else None
        if stands is None:
            continue
        greatest = max(_greatest(model), named.get(model, 0))
        if stands < greatest:
            yield Finding(
                model._meta.db_table,
                str(stands),
                f"its counter would give numbers again: {greatest} was given already",
            )


def _greatest(model: type[models.Model]) -> int:
    field = model._meta.auto_field.attname
    return model._base_manager.aggregate(greatest=models.Max(field))["greatest"] or 0


def _greatest_in_log(table: str) -> int:
    # By length first: numbers of six digits come after those of five, whatever their letters.
    records = Entry.objects.filter(table=table).order_by(
        models.functions.Length("record").desc(), "-record"
    )
    newest = records.values_list("record", flat=True).first()
    return int(newest[1:]) if newest else 0
