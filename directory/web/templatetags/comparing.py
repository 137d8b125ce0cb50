"""How records that are compared are called on the page."""

from collections.abc import Iterable

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from directory.insights.comparing import Overlap
from directory.models import City, Network
from directory.search.names import named
from directory.web.comparisons import Named

register = template.Library()


@register.filter
def short_name(record: City | Network) -> str:
    """Return what stands for a record where there is little room: its acronym, or its name."""
    return getattr(record, "acronym", "") or named(record)


@register.filter
def short_names(records: Iterable[City | Network]) -> str:
    """Return the short names of several records as part of a sentence."""
    return get_text_list([short_name(record) for record in records], _("and"))


@register.filter
def full_names(records: Iterable[City | Network]) -> str:
    """Return the names of several records as part of a sentence."""
    return get_text_list([named(record) for record in records], _("and"))


@register.simple_tag
def list_of(compared: Named, overlap: Overlap) -> str:
    """Return the address of the whole list of an overlap of a comparison."""
    return compared.list_of(overlap)
