"""The form in which an office keeps the facts about itself: some columns, and names by language."""

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from directory.models import City
from directory.models.tables import TABLES
from directory.models.text import fold
from directory.registration.facts import CITY_FACTS, NETWORK_FACTS, edit_city, edit_network
from directory.registration.offices import Office
from directory.registration.problems import Invalid, NotPossible, one_line
from directory.web.acting import table_of
from directory.web.forms.columns import ColumnsForm
from directory.web.forms.offices import reason_field

NEW_NAMES = (1, 2, 3)


class FactsForm(ColumnsForm):
    """What an office may say of itself; everything stands there as it is now."""

    reason = reason_field()

    def __init__(self, office: Office, *args: Any, **options: Any) -> None:
        self.office, table = office, table_of(office)
        super().__init__(
            *args,
            table=table,
            columns=CITY_FACTS if isinstance(office, City) else NETWORK_FACTS,
            row=TABLES[table].row(office),
            **options,
        )
        for label in office.labels.order_by("language"):
            self.fields[f"name_{label.language}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": language_name(label.language)},
                initial=label.name,
                required=False,
                widget=forms.TextInput({"lang": label.language}),
            )
        for number in NEW_NAMES:
            self.fields[f"language_{number}"] = forms.CharField(
                label=_("Another name, %(number)s: its language") % {"number": number},
                help_text=_("Such as Français, French or its tag: fr, zh-Hant, pt-BR."),
                required=False,
            )
            self.fields[f"new_name_{number}"] = forms.CharField(
                label=_("Another name, %(number)s") % {"number": number}, required=False
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self) -> dict[str, Any]:
        """Ask for the language of a new name, and for the name in a new language."""
        super().clean()
        for number in NEW_NAMES:
            language = self.cleaned_data.get(f"language_{number}", "")
            name = self.cleaned_data.get(f"new_name_{number}", "")
            if name and not language:
                self.add_error(f"language_{number}", _("Say in which language this name is."))
            if language and not name:
                self.add_error(f"new_name_{number}", _("Write the name in this language."))
        return self.cleaned_data

    @property
    def names(self) -> dict[str, str]:
        """The names that were changed or added, by language."""
        changed = {
            name.removeprefix("name_"): self.cleaned_data[name]
            for name in self.changed_data
            if name.startswith("name_")
        }
        return changed | {
            language: self.cleaned_data[f"new_name_{number}"]
            for number, language in self._new_languages().items()
        }

    def speak(self, actor: Any) -> bool:
        """Publish what was changed; False where it was refused."""
        rule, kind = (
            (edit_city, "city") if isinstance(self.office, City) else (edit_network, "network")
        )
        written = self.carry_out(
            rule,
            actor=actor,
            values=self.changed_values(),
            names=self.names,
            reason=self.cleaned_data["reason"],
            **{kind: self.office},
        )
        return written is not None

    def show(self, refusal: NotPossible) -> None:
        """Show what is wrong with a new name beside the field that it was typed into."""
        if isinstance(refusal, Invalid):
            places = {
                f"name_{language}": f"new_name_{number}"
                for number, language in self._new_languages().items()
            }
            refusal.errors = {places.get(name, name): said for name, said in refusal.errors.items()}
        super().show(refusal)

    def _new_languages(self) -> dict[int, str]:
        typed = {number: self.cleaned_data.get(f"language_{number}", "") for number in NEW_NAMES}
        return {number: language_tag(text) for number, text in typed.items() if text}


def language_name(tag: str) -> str:
    """Return what a language calls itself, with its tag; the tag alone where that is not known."""
    known = LANG_INFO.get(tag.lower(), {}).get("name_local")
    return f"{known} ({tag})" if known else tag


def language_tag(text: str) -> str:
    """Return the tag of a language by its name in English or in itself; else what was typed."""
    text = one_line(text)
    for code, names in LANG_INFO.items():
        if fold(text) in (
            fold(code),
            fold(names.get("name", "")),
            fold(names.get("name_local", "")),
        ):
            return _written(code)
    return _written(text) if text.isascii() and len(text) <= 12 else text


def _written(code: str) -> str:
    """Return a tag as labels write it: ``zh-Hant``, ``pt-BR``."""
    language, *others = code.split("-")
    parts = [part.title() if len(part) == 4 else part.upper() for part in others]
    return "-".join([language.lower(), *parts])
