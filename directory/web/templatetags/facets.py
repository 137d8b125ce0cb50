"""The choices of facets as pages show them."""

from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from directory.search.networks import Facet
from directory.web.templatetags.citynet import number

register = template.Library()

# A page has more than a hundred of these: in Django's template language they took half of its time.
CHOICE = (
    '<li class="depth-{depth}">'
    '<input type="checkbox" id="{id}" name="{name}" value="{value}"{checked}>'
    '<label for="{id}">{label} <span class="count">{count}</span></label></li>\n    '
)
CHECKED = mark_safe(" checked")


@register.simple_tag
def facet_choices(facet: Facet) -> SafeString:
    """Show what a facet has to choose from, and how many hits have each value."""
    return format_html_join(
        "",
        CHOICE,
        (
            {
                "depth": choice.depth,
                "id": f"{facet.name}-{_identifier(choice.value)}",
                "name": facet.name,
                "value": choice.value,
                "checked": CHECKED if choice.selected else "",
                "label": choice.label,
                "count": number(choice.count),
            }
            for choice in facet.choices
        ),
    )


@lru_cache(maxsize=2000)
def _identifier(value: str) -> str:
    return slugify(value)
