"""The first page: what this is, a search box, the issues, the figures, what changed lately."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.history import recent_changes
from directory.insights.figures import directory_figures
from directory.insights.focus_areas import focus_area_tree

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the entry points to the directory."""
    context = {
        "areas": focus_area_tree(),
        "figures": directory_figures(day=now().date()),
        "changes": recent_changes(LATEST),
        "examples": [
            _("women's safety"),
            _("wheelchair access"),
            _("LGBT rights"),
            _("refugees"),
            _("clean air"),
            _("Barcelona"),
        ],
    }
    return render(request, "home.html", context)
