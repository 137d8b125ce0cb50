"""How the API's reference is written as a page."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MARKED = re.compile(r"`([^`]+)`")


@register.filter
def code_marked(text: str) -> SafeString:
    """Show what stands between backticks as code."""
    return mark_safe(MARKED.sub(r"<code>\1</code>", escape(str(text))))  # noqa: S308 (escaped first)
