"""What the public tables, and one record of each, are called on pages."""

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

ONE_RECORD = {
    "networks": _("network"),
    "cities": _("city"),
    "memberships": _("membership"),
    "statements": _("statement"),
    "focus_areas": _("focus area"),
    "funders": _("funder"),
    "countries": _("country"),
    "redirects": _("redirect"),
    "labels": _("name by language"),
}
