"""The kinds of filters that the filter sets are made of, strict about what they accept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rapidfuzz import process

from directory.models import Country, Network
from directory.models.text import validate_plain_text
from directory.search.known import known_countries, known_networks
from directory.search.query import LONGEST_QUERY

LARGEST_NUMBER = 2_000_000_000
# Below this likeness (0 to 100) an id is no suggestion for another.
LEAST_LIKENESS = 60


class FilterForm(forms.Form):
    """A form of filters; a range whose ends are the wrong way round is an error."""

    def clean(self) -> dict[str, Any]:
        """Refuse ranges whose lower bound is above the upper."""
        values = super().clean()
        for name in self.fields:
            if not name.endswith("_min"):
                continue
            least, most = values.get(name), values.get(f"{name[:-4]}_max")
            if least is not None and most is not None and least > most:
                self.add_error(
                    name,
                    ValidationError(
                        _("The lower bound %(least)s is above the upper bound %(most)s."),
                        params={"least": least, "most": most},
                    ),
                )
        return values


def words(**options: Any) -> filters.CharFilter:
    """Return the filter of what a person types: bounded, without invisible characters."""
    return filters.CharFilter(
        label=options.pop("label", _("Words")),
        method=options.pop("method", "keep"),
        max_length=LONGEST_QUERY,
        validators=[validate_plain_text],
        **options,
    )


def one_or_more(
    choices: type[TextChoices], label: str, field_name: str | None = None
) -> filters.MultipleChoiceFilter:
    """Return a filter by values of a closed list; several are OR."""
    return filters.MultipleChoiceFilter(
        field_name=field_name,
        choices=choices.choices,
        label=label,
        distinct=False,
        error_messages={"invalid_choice": one_of_these(choices.values)},
    )


def order(choices: type[TextChoices]) -> filters.ChoiceFilter:
    """Return the choice of an order."""
    return filters.ChoiceFilter(
        choices=choices.choices,
        label=_("Order"),
        method="keep",
        empty_label=None,
        error_messages={"invalid_choice": one_of_these(choices.values)},
    )


def one_of_these(values: Iterable[str]) -> Promise:
    """Return the message for a value that is not in a closed list: it names the list."""
    return format_lazy(
        "{message} {values}.",
        message=_("“%(value)s” is not known here; it can be"),
        values=", ".join(values),
    )


class WholeNumberFilter(filters.Filter):
    """A filter by a whole number within bounds."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", LARGEST_NUMBER)
        super().__init__(*args, **kwargs)


class YesNoFilter(filters.TypedChoiceFilter):
    """A filter by ``true`` or ``false``; anything else is an error, not "all"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["choices"] = [("true", _("yes")), ("false", _("no"))]
        kwargs["error_messages"] = {"invalid_choice": one_of_these(["true", "false"])}
        kwargs["coerce"] = {"true": True, "false": False}.__getitem__
        super().__init__(*args, **kwargs)


class RecordsField(filters.fields.ModelMultipleChoiceField):
    """One or more records by their public ids; for a wrong one it names the nearest right one.

    Those of a table that is known in whole (``directory.search.known``) need no query.
    """

    def __init__(self, *, known: Callable[[], Mapping[str, Any]] | None = None, **kwargs: Any):
        self._known = known
        super().__init__(**kwargs)

    def _check_values(self, value: list[str]) -> list[Any]:
        for public_id in value:
            # PostgreSQL knows no such text and would not even compare with it.
            if "\0" in str(public_id):
                raise unknown_record(str(public_id), self)
        if self._known is not None:
            return self._known_records(value)
        try:
            return super()._check_values(value)
        except ValidationError as error:
            if error.code == "invalid_choice":
                raise unknown_record(str(error.params["value"]), self) from error
            raise

    def _known_records(self, value: list[str]) -> list[Any]:
        known = self._known()
        for public_id in value:
            if public_id not in known:
                raise unknown_record(public_id, self)
        return [known[public_id] for public_id in dict.fromkeys(value)]


class RecordField(filters.fields.ModelChoiceField):
    """One record by its public id; for a wrong one it names the nearest right one."""

    def to_python(self, value: str) -> Any:
        """Return the record; raises ValidationError that names the nearest id."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise unknown_record(str(value), self) from error


def unknown_record(value: str, field: forms.ModelChoiceField) -> ValidationError:
    """Return the error for an id that no record has, with the id that looks most like it."""
    ids = field.queryset.order_by(field.to_field_name).values_list(field.to_field_name, flat=True)
    nearest = process.extractOne(value[:LONGEST_QUERY], ids, score_cutoff=LEAST_LIKENESS)
    if nearest is None:
        return ValidationError(
            _("“%(value)s” is not known here."), code="invalid_choice", params={"value": value}
        )
    return ValidationError(
        _("“%(value)s” is not known here; did you mean “%(nearest)s”?"),
        code="invalid_choice",
        params={"value": value, "nearest": nearest[0]},
    )


class CodesField(RecordsField):
    """Country codes in either case."""

    def clean(self, value: list[str] | None) -> list[Any]:
        """Return the countries of the codes."""
        return super().clean([str(code).upper() for code in value or ()])


class RecordsFilter(filters.ModelMultipleChoiceFilter):
    """A filter by one or more records, by their slugs; several are OR.

    Compares primary keys, which the validation has looked up, so that indexes serve it.
    """

    field_class = RecordsField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "slug")
        super().__init__(*args, **kwargs)

    def filter(self, rows: QuerySet, value: list[Any]) -> QuerySet:
        """Keep the rows that refer to one of the records."""
        return rows.filter(**{f"{self.field_name}__in": value}) if value else rows


class NetworksFilter(RecordsFilter):
    """A filter by one or more networks, by their slugs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Network.objects.public(), known=lambda: known_networks().by_slug, **kwargs
        )


class RecordFilter(filters.ModelChoiceFilter):
    """A filter by one record, by its slug, that the filter set itself applies."""

    field_class = RecordField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, to_field_name="slug", method="keep", **kwargs)


class CountriesFilter(RecordsFilter):
    """A filter by one or more countries, by their two-letter codes in either case."""

    field_class = CodesField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Country.objects.public(), known=known_countries, to_field_name="code", **kwargs
        )


class PublicIdsField(forms.Field):
    """One or more public ids such as ``m00001``; cleans to their numbers."""

    widget = forms.SelectMultiple

    def __init__(self, *, letter: str, **kwargs: Any) -> None:
        self.letter = letter
        super().__init__(**kwargs)

    def clean(self, value: list[str] | None) -> list[int]:
        """Return the numbers of the ids; raises ValidationError with an example."""
        numbers = []
        for written in value or ():
            number = number_of(written, self.letter)
            if number is None:
                raise ValidationError(
                    _("“%(value)s” is not an id; ids look like %(example)s."),
                    params={"value": written, "example": self.written(1)},
                )
            numbers.append(number)
        return numbers

    def written(self, number: int) -> str:
        """Return the id of a number."""
        return public_id(number, self.letter)


class PublicIdsFilter(filters.Filter):
    """A filter by one or more public ids with a letter before the number."""

    field_class = PublicIdsField

    def __init__(self, *args: Any, letter: str, **kwargs: Any) -> None:
        kwargs["lookup_expr"] = "in"
        super().__init__(*args, letter=letter, **kwargs)


def public_id(number: int, letter: str) -> str:
    """Return the public id of a number: 42 → ``m00042``."""
    return f"{letter}{number:05d}"


def number_of(written: str, letter: str) -> int | None:
    """Return the number in a public id (``m00042`` → 42), or None if it is not one.

    Only the canonical spelling is an id: ``m42`` and ``m000042`` are not.
    """
    digits = written[1:]
    if not written.startswith(letter) or not digits.isascii() or not digits.isdigit():
        return None
    number = int(digits) if len(digits) < 16 else None
    return number if number and public_id(number, letter) == written else None
