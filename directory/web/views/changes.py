"""The page of what changed in the public data, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.history import recent_changes

SHOWN = 50


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show the newest change sets with what each did."""
    return render(request, "changes.html", {"changes": recent_changes(SHOWN)})
