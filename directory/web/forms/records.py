"""The form field for one city or one network, found by any of its names.

Typed text is looked up when the form is sent: one record that bears the name is taken, several
are offered to choose from. Scripts only suggest while one types.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now
from django.utils.translation import gettext as _

from directory.models import City, Network
from directory.search.meant import Meant, cities_meant, networks_meant, written

LONGEST = 300
KINDS = {"cities": "city", "networks": "network"}


def records_meant(table: str, text: str) -> Meant:
    """Return the records of ``cities`` or ``networks`` that a typed text may mean."""
    find = cities_meant if table == "cities" else networks_meant
    return find(text, day=now().date())


class RecordInput(forms.TextInput):
    """A text field with suggestions, and with the candidates once there are several.

    What was chosen among them counts as long as the text for which they were offered stands.
    """

    def __init__(self, table: str) -> None:
        super().__init__()
        self.table = table
        self.candidates: list[City | Network] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the chosen candidate's id in brackets, else what was typed."""
        text = data.get(name, "")
        chosen = data.get(f"{name}_chosen", "")
        return f"[{chosen}]" if chosen and data.get(f"{name}_offered") == text else text

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the text field and, under it, the candidates."""
        suggesting = {
            "maxlength": LONGEST,
            "autocomplete": "off",
            "spellcheck": "false",
            "data-suggestions": f"{reverse('suggest')}?kind={KINDS[self.table]}",
            "data-fills": "written",
            "data-found": _("suggestions, use the arrow keys"),
            "data-none": _("no suggestions"),
        }
        text = super().render(name, value, {**suggesting, **(attrs or {})}, renderer)
        context = {"text": text, "name": name, "value": value, "candidates": self.candidates}
        # Made of escaped parts by the template.
        return mark_safe(render_to_string("forms/record.html", context))  # noqa: S308


class RecordField(forms.Field):
    """A city or a network; its clean value is the record, or None where nothing was typed.

    ``table`` is ``cities`` or ``networks``; ``initial`` may be a record.
    """

    widget: RecordInput

    def __init__(self, table: str, **options: Any) -> None:
        super().__init__(widget=RecordInput(table), **options)
        self.table = table

    def prepare_value(self, value: Any) -> Any:
        """Show a record by the text that names it and no other."""
        return written(value) if isinstance(value, City | Network) else value

    def to_python(self, value: Any) -> City | Network | None:
        """Return the one record that the text means; offers the others where it may mean more."""
        text = str(value or "").strip()
        if not text:
            return None
        meant = records_meant(self.table, text[:LONGEST])
        if meant.sure:
            return meant.sure
        self.widget.candidates = meant.records
        if meant.records:
            raise ValidationError(_("Choose the one that you mean."), code="several")
        raise ValidationError(self._not_found(text), code="unknown")

    def _not_found(self, text: str) -> str:
        sentence = (
            _("No city here is called “%(text)s”. Try another spelling.")
            if self.table == "cities"
            else _("No network here is called “%(text)s”. Try another spelling, or its acronym.")
        )
        return sentence % {"text": text[:100]}
