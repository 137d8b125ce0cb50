"""What the public tables are called on pages."""

from django.utils.translation import gettext_lazy as _

TABLE_NAMES = {
    "networks": _("networks"),
    "cities": _("cities"),
    "memberships": _("memberships"),
    "statements": _("statements"),
    "focus_areas": _("focus areas"),
    "funders": _("funders"),
    "countries": _("countries"),
    "redirects": _("redirects"),
    "labels": _("names by language"),
}
