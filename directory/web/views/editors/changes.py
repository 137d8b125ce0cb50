"""Change sets as editors see them: who is behind one, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.models import ChangeSet
from directory.registration import queue_filters
from directory.registration.evidence import items_behind
from directory.registration.permissions import Action, require
from directory.registration.reverts import revert_change_set
from directory.web.acting import ActionForm, signed_in, typed
from directory.web.change_pages import ChangeSetPage, ChangesPage
from directory.web.forms.decisions import reason_field


class RevertForm(ActionForm):
    """Why a change set is taken back."""

    reason = reason_field(_("It is published with the change."))


@signed_in
def changes(request: HttpRequest) -> HttpResponse:
    """Show the newest change sets, each with the way to take it back."""
    require(request.user, Action.SEE_QUEUE)
    page = ChangesPage(request)
    people = _people([change.change_set for change in page.changes])
    return render(request, "editors/changes.html", {"page": page, "people": people})


@signed_in
def change_set(request: HttpRequest, revision: int) -> HttpResponse:
    """Show a change set with the person and the suggestions behind it."""
    return render(request, "editors/change_set.html", _context(request, revision))


@signed_in
def revert(request: HttpRequest, revision: int) -> HttpResponse:
    """Show what taking a change set back would undo, and do it."""
    context = _context(request, revision)
    require(request.user, Action.REVERT, context["change_set"])
    form = RevertForm(typed(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(
            revert_change_set,
            actor=request.user,
            change_set=context["change_set"],
            **form.cleaned_data,
        )
        if made is not None:
            messages.success(request, _("It is taken back, by a change of its own."))
            return redirect("editor-change-set", made.revision)
    return render(request, "editors/revert.html", context | {"form": form})


def _context(request: HttpRequest, revision: int) -> dict[str, Any]:
    require(request.user, Action.SEE_QUEUE)
    found = get_object_or_404(ChangeSet.objects.select_related("reverts"), revision=revision)
    items = list(items_behind(found))
    names = queue_filters.names_of(items)
    return {
        "change_set": found,
        "page": ChangeSetPage(request, found),
        "reverted_by": found.reverted_by.order_by("revision"),
        "person": _people([found]).get(found.actor),
        "items": [(item, names[item.pk]) for item in items],
    }


def _people(change_sets: list[ChangeSet]) -> dict[str, User]:
    actors = {change.actor for change in change_sets if change.actor}
    found = User.objects.filter(opaque_id__in=actors, erased_at=None)
    return {str(user.opaque_id): user for user in found}
