"""What programs may send of memberships. Shapes alone: what values mean is for the rules."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from directory.models.choices import Role

DATE_HELP = _("`2019`, `2019-05` or `2019-05-03`; `null` or empty where not known.")


class WrittenText(serializers.CharField):
    """Text of any length; ``null``, by which the API says that nothing is known, is empty."""

    def __init__(self, **options: Any) -> None:
        options = {"required": False, "allow_null": True, "allow_blank": True} | options
        super().__init__(**options)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """Take ``null`` for the empty text."""
        return super().validate_empty_values("" if data is None else data)

    def to_internal_value(self, data: Any) -> str:
        """Return the text; a number is none."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field(serializers.ChoiceField(Role.choices, default=Role.MEMBER))
class WrittenRole(WrittenText):
    """A role; which there are is for the rules."""


class WrittenYear(serializers.IntegerField):
    """A year, or ``null``."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number; text and truth values are none."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class WrittenBoolean(serializers.BooleanField):
    """True or false, written as JSON does."""

    def to_internal_value(self, data: Any) -> bool:
        """Return the truth value; text and numbers are none."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


def reason_field(**options: Any) -> WrittenText:
    """Return the field for why something is written."""
    return WrittenText(help_text=_("Why; it is published with the change."), **options)


class EvidenceSerializer(serializers.Serializer):
    """Where what is said can be read."""

    source = WrittenText(help_text=_("Address of a page where it can be read."))
    source_year = WrittenYear(
        required=False,
        allow_null=True,
        help_text=_("Year that the source speaks of; this year if not set."),
    )


class MembershipChangeSerializer(EvidenceSerializer):
    """What is to be changed in a membership; what is left out stays as it is."""

    role = WrittenRole()
    founder = WrittenBoolean(required=False)
    joined = WrittenText(help_text=DATE_HELP)
    left = WrittenText(help_text=_("Last day, inclusive. Ending a membership needs a `reason`."))
    ended = WrittenBoolean(
        required=False, help_text=_("The city has left; when is not known. Needs a `reason`.")
    )
    reason = reason_field()


class NewMembershipSerializer(MembershipChangeSerializer):
    """A membership that is to be added."""

    city = WrittenText(
        required=True, allow_blank=False, allow_null=False, help_text=_("Slug of the city.")
    )
    network = WrittenText(
        required=True, allow_blank=False, allow_null=False, help_text=_("Slug of the network.")
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields, first of whom it speaks."""
        fields = super().get_fields()
        return {name: fields.pop(name) for name in ("city", "network")} | fields


class ConfirmationSerializer(serializers.Serializer):
    """That what the membership says is still true."""

    reason = reason_field()


class DisputeSerializer(EvidenceSerializer):
    """That the city is not a member."""

    reason = reason_field(required=True)


class WithdrawalSerializer(serializers.Serializer):
    """That what was said was a mistake."""

    reason = reason_field(required=True)
