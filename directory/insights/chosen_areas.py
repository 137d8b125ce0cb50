"""The focus areas that matter to a city, as whoever asks for networks that fit chooses them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import FocusArea
from directory.search.filter_fields import RecordsField


class AreasForm(forms.Form):
    """The focus areas that matter to a city."""

    focus_area = RecordsField(
        queryset=FocusArea.objects.public().select_related("parent").in_display_order(),
        to_field_name="slug",
        required=False,
        label=_("Focus area"),
        help_text=_("That matters to the city, with its parts."),
    )
