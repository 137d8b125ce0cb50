"""How the figures of coverage are written on pages."""

from babel.numbers import format_compact_decimal, format_percent
from django import template
from django.utils.translation import get_language

from directory.models import Region
from directory.web.coverage_pages import Matrix

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """Write a share (0 to 1) in percent, a small one with a digit more; nothing for None."""
    if share is None:
        return ""
    pattern = "#,##0.0 %" if 0 < share < 0.01 else None
    return format_percent(share, pattern, locale=_locale())


@register.filter
def rough_number(number: int) -> str:
    """Write a large number in words that are true enough: ``561 million``."""
    return format_compact_decimal(number, format_type="long", locale=_locale())


@register.simple_tag
def parts_of(matrix: Matrix, region: Region) -> str:
    """Return the address of a matrix whose columns are the parts of a region."""
    return matrix.having("region", region.slug)


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")
