"""Pages of what changed in the public data: all change sets, newest first, and each by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.models import ChangeSet
from directory.web.change_pages import ChangeSetPage, ChangesPage


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show the newest change sets with what each did."""
    return render(request, "changes/list.html", {"page": ChangesPage(request)})


@require_safe
def change_set(request: HttpRequest, revision: int) -> HttpResponse:
    """Show one change set, record by record."""
    found = get_object_or_404(ChangeSet.objects.select_related("reverts"), revision=revision)
    context = {
        "change_set": found,
        "page": ChangeSetPage(request, found),
        "reverted_by": found.reverted_by.order_by("revision"),
    }
    return render(request, "changes/change_set.html", context)
