"""Rows with names of cities that programs ask about, and what may be meant by each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.writing import WrittenText
from api.suggestions import nearest
from directory.matching import NameQuery

MOST_ROWS = 1000
LONGEST = {"name": 200, "country": 100, "admin1": 100}
RANGES = {"latitude": 90, "longitude": 180}
FIELDS = (*LONGEST, *RANGES)


class MatchRowSerializer(serializers.Serializer):
    """A name as it is written somewhere, and what is known beside it."""

    name = serializers.CharField(
        max_length=LONGEST["name"],
        help_text=_("The name as written, in any language and script; qualifiers may stay."),
    )
    country = WrittenText(
        max_length=LONGEST["country"],
        help_text=_("Code (ISO 3166-1, in either case) or name; empty where not known."),
    )
    admin1 = WrittenText(
        max_length=LONGEST["admin1"],
        help_text=_("Code or name of the division (state, region); empty where not known."),
    )
    latitude = serializers.FloatField(
        required=False, allow_null=True, min_value=-90, max_value=90, help_text=_("Degrees.")
    )
    longitude = serializers.FloatField(
        required=False, allow_null=True, min_value=-180, max_value=180, help_text=_("Degrees.")
    )


@extend_schema_field(MatchRowSerializer(many=True))
class AskedRows(serializers.Field):
    """Rows of names, all looked through before anything is said about them."""

    default_error_messages = {
        "not_rows": _("Send a list of objects, one for each name."),
        "too_many": _("Send at most %(most)d rows at once; these are %(count)d."),
    }

    def to_internal_value(self, data: Any) -> list[NameQuery]:
        """Return the questions; raises ValidationError with all that is wrong, by row and field."""
        if not isinstance(data, list):
            self.fail("not_rows")
        if len(data) > MOST_ROWS:
            message = self.error_messages["too_many"]
            raise serializers.ValidationError(message % {"most": MOST_ROWS, "count": len(data)})
        errors = {
            field_of_row(number, name): [message]
            for number, row in enumerate(data)
            for name, message in _wrong(row).items()
        }
        if errors:
            raise serializers.ValidationError(errors)
        return [_query(row) for row in data]


class MatchQuestionSerializer(serializers.Serializer):
    """Names that are asked about."""

    rows = AskedRows(help_text=_("At most 1,000; the answers come in the same order."))


class MatchedPlaceSerializer(serializers.Serializer):
    """A place of the gazetteer (GeoNames)."""

    geonameid = serializers.IntegerField(help_text=_("Id in GeoNames."))
    name = serializers.CharField()
    country = serializers.CharField(help_text=_("Code (ISO 3166-1)."))
    admin1 = serializers.CharField(help_text=_("Code of the division; may be empty."))
    latitude = serializers.FloatField(help_text=_("Degrees."))
    longitude = serializers.FloatField(help_text=_("Degrees."))
    population = serializers.IntegerField(help_text=_("Inhabitants; 0 where not known."))


class MatchCandidateSerializer(serializers.Serializer):
    """What may be meant: a city of the directory, a place of the gazetteer, or both in one."""

    score = serializers.FloatField(help_text=_("From 0 to 1."))
    city = serializers.CharField(
        allow_null=True, help_text=_("Slug of the city; `null` where the directory lists none.")
    )
    place = MatchedPlaceSerializer(
        allow_null=True, help_text=_("The place; `null` where the gazetteer has none.")
    )


class MatchResultSerializer(serializers.Serializer):
    """What may be meant by one row."""

    match = serializers.BooleanField(
        help_text=_("Whether the first candidate is safe to take without looking at it.")
    )
    candidates = MatchCandidateSerializer(
        many=True, help_text=_("The likeliest first, at most six.")
    )


class MatchAnswerSerializer(serializers.Serializer):
    """What may be meant by each row, in the order of the rows."""

    results = MatchResultSerializer(many=True)


def field_of_row(number: int, name: str) -> str:
    """Return how errors name a field of a row, counted from 0 as programs do."""
    return f"rows[{number}].{name}" if name else f"rows[{number}]"


def _wrong(row: Any) -> dict[str, Any]:
    """Return what is wrong with a row, by field; under an empty name what it is at all."""
    if not isinstance(row, dict):
        return {"": _("Send an object with a name.")}
    wrong = {name[:100]: _unknown(name) for name in row if name not in FIELDS}
    for name, longest in LONGEST.items():
        message = _wrong_text(row.get(name), longest, is_needed=name == "name")
        if message:
            wrong[name] = message
    for name, limit in RANGES.items():
        value = row.get(name)
        if value is None:
            other = next(each for each in RANGES if each != name)
            if row.get(other) is not None:
                wrong[name] = _("Send latitude and longitude, or neither.")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            wrong[name] = _("Send a number.")
        elif not -limit <= value <= limit:
            wrong[name] = _("Degrees lie from -%(limit)d to %(limit)d.") % {"limit": limit}
    return wrong


def _wrong_text(value: Any, longest: int, *, is_needed: bool) -> Any:
    if value is None and not is_needed:
        return None
    if not isinstance(value, str):
        return _("Send text.")
    if is_needed and not value.strip():
        return _("Send a name.")
    if len(value) > longest:
        return _("Send at most %(longest)d characters.") % {"longest": longest}
    return None


def _unknown(name: str) -> str:
    meant = nearest(name, list(FIELDS))
    if meant:
        return _("There is no such field. Did you mean “%(name)s”?") % {"name": meant}
    return _("There is no such field. Known here: %(names)s.") % {"names": ", ".join(FIELDS)}


def _query(row: dict[str, Any]) -> NameQuery:
    return NameQuery(
        name=row["name"],
        country=row.get("country") or "",
        admin1=row.get("admin1") or "",
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
    )
