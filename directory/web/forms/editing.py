"""The forms by which editors make, edit, rename, end and merge records."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.models.columns import Row
from directory.models.tables import TABLES
from directory.models.text import sort_key
from directory.registration import editing, merging
from directory.registration.labels import OWNERS
from directory.registration.problems import Invalid
from directory.web.acting import ActionForm
from directory.web.forms.columns import ColumnsForm, LinesField, Remembered, needed_for_new
from directory.web.forms.decisions import reason_field
from directory.web.forms.records import RecordField, records_meant
from directory.web.table_names import TABLE_NAMES

PUBLISHED = _lazy("It is published with the change.")
MOST_FOUND = 30
LABEL = "name_"


def edited_columns(table: str) -> list[str]:
    """Return the columns that are edited on the page of a record."""
    return [name for name in TABLES[table].column_names if name not in editing.NOT_EDITED]


class FindForm(forms.Form):
    """Which record an editor looks for."""

    table = forms.ChoiceField(
        label=_lazy("Look among"),
        choices=[(table, TABLE_NAMES[table]) for table in editing.EDITED_TABLES],
    )
    text = forms.CharField(label=_lazy("Name or id"), max_length=200)

    def found(self) -> list[Any]:
        """Return the records that the text may mean, the likeliest first."""
        table, text = self.cleaned_data["table"], self.cleaned_data["text"]
        if table in ("networks", "cities"):
            return records_meant(table, text).records
        records = TABLES[table].model._default_manager.public()
        named = records.filter(name_key__contains=sort_key(text)) | records.filter(slug=text)
        return list(named.order_by("name_key", "slug")[:MOST_FOUND])


class RecordForm(ColumnsForm):
    """Edit a record: its columns, and its names by language."""

    def __init__(self, data: Any = None, *, table: str, record: Any) -> None:
        row = TABLES[table].row(record)
        columns = edited_columns(table)
        needed = [name for name in columns if TABLES[table].column(name).required]
        super().__init__(data, table=table, columns=columns, row=row, needed=needed)
        self.record = row[self.table.key[0]]
        if type(record) in OWNERS:
            self.fields["names"] = LinesField(
                label=_("Names by language"),
                required=False,
                show_hidden_initial=True,
                help_text=_("One per line: the language's code, a colon, the name. “nb: Bergen”."),
            )
            self.fields["names"].hidden_widget = Remembered
            labels = record.labels.order_by("language").values_list("language", "name")
            self.initial["names"] = [f"{language}: {name}" for language, name in labels]
        self.fields["reason"] = reason_field(PUBLISHED)

    def save(self, actor: Any) -> bool:
        """Publish the changes; False where a rule refused."""
        self.carry_out(
            editing.edit_record,
            actor=actor,
            table=self.table.name,
            record=self.record,
            values=self.changed_values(),
            names=self._names(),
            reason=self.cleaned_data["reason"],
        )
        return self.refusal is None

    def show(self, refusal: Any) -> None:
        """Show what is wrong with a name beside the names."""
        if isinstance(refusal, Invalid):
            sentences = {
                name: [f"{name.removeprefix(LABEL)}: {one}" for one in said]
                for name, said in refusal.errors.items()
                if name.startswith(LABEL)
            }
            for said in sentences.values():
                self.add_error("names", said)
            rest = {name: said for name, said in refusal.errors.items() if name not in sentences}
            refusal = Invalid(rest)
        super().show(refusal)

    def _names(self) -> dict[str, str]:
        if "names" not in self.changed_data:
            return {}
        now = by_language(self.initial["names"])
        typed = by_language(self.cleaned_data["names"])
        gone = dict.fromkeys(now.keys() - typed.keys(), "")
        return gone | {code: name for code, name in typed.items() if name != now.get(code)}


class NewRecordForm(ColumnsForm):
    """Make a record."""

    def __init__(self, data: Any = None, *, table: str) -> None:
        key = TABLES[table].key[0]
        super().__init__(
            data,
            table=table,
            columns=[key, *edited_columns(table)],
            row={},
            needed=needed_for_new(table),
        )
        self.fields[key].help_text = _("Follows from the name unless you write one.")
        self.fields[key].label = _("Permanent id")
        if table in ("networks", "cities"):
            self.fields["is_distinct"] = forms.BooleanField(
                label=_("It is none of the records that look like it"), required=False
            )
        self.fields["reason"] = reason_field(PUBLISHED)

    def save(self, actor: Any) -> Any:
        """Make the record and return it; None where a rule refused."""
        return self.carry_out(
            editing.create_record,
            actor=actor,
            table=self.table.name,
            values=self.changed_values(),
            reason=self.cleaned_data["reason"],
            is_distinct=self.cleaned_data.get("is_distinct", False),
        )


class RenameForm(ActionForm):
    """Give a record another id."""

    new = forms.CharField(
        label=_lazy("New id"),
        max_length=80,
        help_text=_lazy("Small letters a to z, digits and hyphens. The old address leads to it."),
    )
    reason = reason_field(PUBLISHED)

    def show(self, refusal: Any) -> None:
        """Show what is wrong with the id beside it."""
        if isinstance(refusal, Invalid):
            said = {
                "new" if name in ("id", "slug") else name: x for name, x in refusal.errors.items()
            }
            refusal = Invalid(said)
        super().show(refusal)


class EndForm(ActionForm):
    """Say that a network or a city has ended, and what it became part of."""

    def __init__(self, data: Any = None, *, table: str) -> None:
        super().__init__(data)
        self.fields["ended"] = forms.IntegerField(
            label=_("Year"), required=False, help_text=_("Leave it empty if nobody knows.")
        )
        self.fields["successor"] = RecordField(
            table,
            label=_("It became part of"),
            required=False,
            help_text=_("Leave it empty if nothing follows it."),
        )
        self.fields["reason"] = reason_field(PUBLISHED)


class OtherForm(forms.Form):
    """Which record is the duplicate of the one at hand."""

    def __init__(self, data: Any = None, *, table: str, kept: str) -> None:
        super().__init__(data)
        if table in ("networks", "cities"):
            self.fields["other"] = RecordField(table, label=_("The duplicate, by its name"))
            return
        others = TABLES[table].model._default_manager.public().exclude(slug=kept)
        self.fields["other"] = forms.ModelChoiceField(
            others.order_by("name_key", "slug"), to_field_name="slug", label=_("The duplicate")
        )
        self.fields["other"].label_from_instance = lambda record: record.name


class MergeForm(ActionForm):
    """What the merged record says where the two differ, and why they are one."""

    def __init__(self, data: Any = None, *, table: str, kept: Row, duplicate: Row) -> None:
        super().__init__(data)
        self.rows = {"kept": kept, "duplicate": duplicate}
        self.merged = merging.merged_values(table, kept, duplicate)
        self.differing = [
            name
            for name in edited_columns(table)
            if name in merging.POLICIES[table] and kept[name] != duplicate[name]
        ]
        for name in self.differing:
            self.fields[name] = forms.ChoiceField(
                required=False,
                choices=[
                    ("", _("as merged")),
                    ("kept", _("of the one that stays")),
                    ("duplicate", _("of the duplicate")),
                ],
            )
        self.fields["reason"] = reason_field(PUBLISHED)

    def values(self) -> Row:
        """Return the editor's choices by column."""
        chosen = {name: self.cleaned_data[name] for name in self.differing}
        return {name: self.rows[which][name] for name, which in chosen.items() if which}


def by_language(lines: list[str]) -> dict[str, str]:
    """Return names by language from lines such as ``nb: Bergen``."""
    parts = (line.partition(":") for line in lines)
    return {language.strip(): name.strip() for language, _colon, name in parts}
