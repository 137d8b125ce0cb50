"""What pages of the account show that public pages must not know."""

import json

from django import template
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from directory.models import Membership
from directory.registration.offices import Office
from directory.registration.versions import version_of
from directory.web.acting import table_of

register = template.Library()


@register.simple_tag
def messages_of(request: HttpRequest) -> list[str]:
    """Return what is to be told to the visitor once, and forget it."""
    return [str(message) for message in get_messages(request)]


@register.filter
def office_table(office: Office) -> str:
    """Return ``cities`` or ``networks``, as it stands in the addresses of an office's pages."""
    return table_of(office)


@register.filter
def version(membership: Membership) -> str:
    """Return what a form sends along, to tell which version of a membership was seen."""
    return version_of(membership)


@register.simple_tag
def passkey_script(form: str, **ids: str) -> SafeString:
    """Tell the script for passkeys which elements to work with: data, which no policy stops."""
    data = json.dumps({"ids": ids}).replace("<", "\\u003c")
    return format_html(
        '<script data-allauth-onload="allauth.webauthn.forms.{}" '
        'type="application/json">{}</script>',
        form,
        mark_safe(data),  # noqa: S308 - cannot close the element
    )
