"""Form fields for columns of the data package, so that each column is asked for in one way.

What is typed goes to the rules as text, and is checked there as the cell of a file would be.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.insights.names import NAMED_BY
from directory.models import Country, Region
from directory.models.columns import Column, Row, Table
from directory.models.tables import TABLES
from directory.web.acting import ActionForm
from directory.web.changed_records import column_label

LONGEST_TEXT = 20_000
LONG = 200
# Shown with what they mean, since their short label does not tell.
EMPTY_CHOICE = ("", _lazy("not said"))

FOLLOWS = ("id", "slug", "status", "joining", "fee", "standing", "position", "role")
"""What a new record gets where nobody says it."""


def needed_for_new(table: str) -> list[str]:
    """Return the columns without which no record of a table can be made."""
    return [one.name for one in TABLES[table].columns if one.required and one.name not in FOLLOWS]


class LinesField(forms.CharField):
    """A list of texts, one to a line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_TEXT)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Return the lines that hold something."""
        if isinstance(value, list):
            return value
        lines = (super().to_python(value) or "").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    def run_validators(self, value: Any) -> None:
        """Check the length of the whole."""
        super().run_validators("\n".join(value))


class Remembered(forms.HiddenInput):
    """What stood in a field when its form was made; hidden, it may not refer to the hint."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attributes = super().build_attrs(*args, **kwargs)
        attributes.pop("aria-describedby", None)
        return attributes


class ColumnsForm(ActionForm):
    """A form with some columns of a record; only those that were changed are handed on.

    What stood there when the form was made travels with it: two people who edit one record
    overwrite nothing of each other's without seeing it.
    """

    def __init__(
        self,
        *args: Any,
        table: str,
        columns: Collection[str],
        row: Mapping[str, Any],
        needed: Collection[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.table: Table = TABLES[table]
        self.columns = [name for name in self.table.column_names if name in columns]
        own = list(self.fields)
        for name in self.columns:
            column = self.table.column(name)
            self.fields[name] = column_field(column, required=name in needed)
            self.fields[name].hidden_widget = Remembered
            self.initial[name] = row.get(name, column.empty)
        self.order_fields([*self.columns, *own])

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what somebody else has changed since the form was made."""
        watched = [name for name, field in self.fields.items() if field.show_hidden_initial]
        for name in watched:
            if name in self.changed_data and self._shown(name) not in (None, self._now(name)):
                self.add_error(
                    name,
                    _("Meanwhile somebody changed this to “%(now)s”. Load the page again.")
                    % {"now": self._now(name)[:200]},
                )
        return self.cleaned_data

    def changed_values(self) -> Row:
        """Return what was changed, by column, as the rules take it."""
        found: Row = {}
        for name in self.columns:
            if name in self.changed_data:
                found[name] = _known(self.table.column(name), self.cleaned_data[name])
        return found

    def _shown(self, name: str) -> str | None:
        """Return what stood in the field when the form was made; None where it did not say."""
        written = self.data.get(self.add_initial_prefix(name))
        return None if written is None else written.replace("\r\n", "\n")

    def _now(self, name: str) -> str:
        value = self.fields[name].prepare_value(self.get_initial_for_field(self.fields[name], name))
        return "" if value is None else str(value)


def column_field(column: Column, *, required: bool = False) -> forms.Field:
    """Return the form field that asks for a column."""
    options: dict[str, Any] = {
        "label": column_label(column),
        "required": required,
        "show_hidden_initial": True,
    }
    if column.choices:
        return forms.ChoiceField(choices=[EMPTY_CHOICE, *column.choices.choices], **options)
    if column.type == "boolean":
        # "Whether it has left" is asked by a box that says "It has left".
        label = capfirst(options["label"].removeprefix("Whether "))
        return forms.BooleanField(**options | {"required": False, "label": label})
    if column.type == "list":
        return LinesField(help_text=_hint(column), **options)
    if column.references == "countries":
        return forms.ChoiceField(choices=_countries, **options)
    options["max_length"] = column.max_length or LONGEST_TEXT
    if column.format == "uri":
        options["widget"] = forms.URLInput
    elif (column.max_length or 0) > LONG:
        options["widget"] = forms.Textarea(attrs={"rows": 3})
    elif column.type in ("integer", "number"):
        options["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
    if column.references:
        options["help_text"] = _("Its id or its name.")
    return forms.CharField(**options)


def _hint(column: Column) -> Any:
    """Return what may stand in a list; what there is to choose from, where that is few."""
    if column.name == "regions":
        # Asked of the database only where it is shown.
        return lazy(_region_hint, str)()
    if column.references == "focus_areas":
        return format_html(
            '{} <a href="{}">{}</a>',
            _("One per line, by id or by name, the most important first."),
            reverse("focus-areas"),
            _("All focus areas"),
        )
    if column.references in NAMED_BY:
        return _("One per line, by id or by name.")
    return _("One per line.")


def _region_hint() -> str:
    names = Region.objects.order_by("name_key").values_list("name", flat=True)
    return escape(_("One per line, of these: %(names)s.") % {"names": ", ".join(names)})


def _countries() -> list[tuple[str, str]]:
    known = Country.objects.public().order_by("name_key", "code").values_list("code", "name")
    return [("", str(EMPTY_CHOICE[1])), *known]


def _known(column: Column, value: Any) -> Any:
    """Return ids where names of records were typed; what is neither is left to the rules."""
    if column.references not in NAMED_BY or not value:
        return value
    key = NAMED_BY[column.references]
    written = value if isinstance(value, list) else [value]
    records = TABLES[column.references].model._default_manager.public()
    ids = {
        name: record for record, name in records.filter(name__in=written).values_list(key, "name")
    }
    found = list(dict.fromkeys(ids.get(text, text) for text in written))
    return found if isinstance(value, list) else found[0]
