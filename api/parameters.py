"""Query parameters are read strictly: what is not understood is refused, not passed over."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.errors import AddressTooLong
from api.suggestions import nearest
from directory.search.day_filters import DayField

LONGEST_QUERY_STRING = 8000


def check_parameters(
    request: Request, known: Iterable[str], repeatable: Iterable[str] = ()
) -> None:
    """Refuse a request with parameters that are unknown, or given twice where one counts.

    Raises ValidationError with a message for each, naming the parameter probably meant;
    AddressTooLong for a query string that no sensible question needs.
    """
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY_STRING:
        raise AddressTooLong(AddressTooLong.default_detail % {"limit": LONGEST_QUERY_STRING})
    known, repeatable = sorted(known), set(repeatable)
    errors = {}
    for name, values in request.query_params.lists():
        if name not in known:
            errors[name[:100]] = [unknown_name(_("There is no such parameter."), name, known)]
        elif len(values) > 1 and name not in repeatable:
            errors[name] = [_("Give this parameter once.")]
    if errors:
        raise ValidationError(errors)


def wanted_fields(request: Request, known: Iterable[str]) -> frozenset[str] | None:
    """Return the fields that ``fields=name,slug`` trims the answer to; None without it.

    Raises ValidationError for a name that is no field.
    """
    written = request.query_params.get("fields")
    if written is None:
        return None
    known = list(known)
    names = [name.strip() for name in written.split(",") if name.strip()]
    unknown = [name for name in dict.fromkeys(names) if name not in known][:10]
    if unknown:
        raise ValidationError(
            {
                "fields": [
                    unknown_name(_("“%(name)s” is no field.") % {"name": name[:100]}, name, known)
                    for name in unknown
                ]
            }
        )
    if not names:
        raise ValidationError({"fields": [_("Name one field or more.")]})
    return frozenset(names)


def unknown_name(message: str, name: str, known: list[str]) -> str:
    """Return the message, and which known name is probably meant."""
    meant = nearest(name, known)
    if meant:
        return f"{message} " + _("Did you mean “%(name)s”?") % {"name": meant}
    return f"{message} " + _("Known here: %(names)s.") % {"names": ", ".join(known) or "—"}


def fields_parameter(names: str) -> OpenApiParameter:
    """Return the OpenAPI description of ``fields`` for records with the named fields."""
    return OpenApiParameter(
        "fields",
        OpenApiTypes.STR,
        description=_("Trims each record to some of its fields, separated by commas: %(names)s.")
        % {"names": names},
    )


def is_repeatable(field: forms.Field) -> bool:
    """Return whether a form field takes several values of one name."""
    return getattr(field.widget, "allow_multiple_selected", False) or isinstance(
        field.widget, forms.MultipleHiddenInput
    )


def described(name: str, field: forms.Field) -> dict[str, Any]:
    """Return the OpenAPI description of a form field as a query parameter."""
    schema = _schema(field)
    if is_repeatable(field):
        schema = {"type": "array", "items": schema}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": " ".join(_sentences(field)),
        "schema": schema,
        **({"explode": True, "style": "form"} if is_repeatable(field) else {}),
    }


def _sentences(field: forms.Field) -> Iterator[str]:
    label = str(field.label or "").strip()
    if label:
        yield label[0].upper() + label[1:] + ("" if label[-1] in ".?!" else ".")
    if field.help_text:
        yield str(field.help_text)
    if is_repeatable(field):
        yield _("May be given several times: any of the values is enough.")


def _schema(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.IntegerField):
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        return {"type": "integer", **{key: v for key, v in bounds.items() if v is not None}}
    if isinstance(field, DayField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.NullBooleanField | forms.BooleanField):
        return {"type": "boolean"}
    schema: dict[str, Any] = {"type": "string"}
    # The choices of a ModelChoiceField are records, which come and go; those here never do.
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        schema["enum"] = [str(value) for value, _label in field.choices if value != ""]
    if getattr(field, "max_length", None):
        schema["maxLength"] = field.max_length
    return schema


def headers_of_answer(headers: Mapping[str, Promise]) -> Iterator[OpenApiParameter]:
    """Yield the OpenAPI description of headers of the answer 200, by name what each says."""
    for name, description in headers.items():
        yield OpenApiParameter(
            name,
            OpenApiTypes.STR,
            OpenApiParameter.HEADER,
            description=description,
            response=[200],
        )
