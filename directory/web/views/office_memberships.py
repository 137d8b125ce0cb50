"""Pages on which an office speaks of its memberships: add, change, end, withdraw, dispute."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from directory.models import City, Membership, Network
from directory.registration.memberships import EDITABLE, confirm_all
from directory.registration.offices import Office, column_of
from directory.registration.problems import NotPossible
from directory.web.acting import acting_office, signed_in, slug_in, typed
from directory.web.forms.memberships import AddForm, MembershipForm
from directory.web.office_lists import SHOWN, back_to_lists
from directory.web.office_words import said_of, word_of

IDS = re.compile(r"m\d{5,9}", re.ASCII)


@signed_in
def add(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Add a membership; a network or city named in the address stands in the form already."""
    office = acting_office(request, table, slug)
    form = AddForm(office, typed(request), initial=_named(request))
    if request.method == "POST" and form.is_valid():
        membership = form.speak(request.user)
        if membership is not None:
            messages.success(request, said_of(office, membership))
            name = "office-add-membership" if "another" in request.POST else "office"
            return redirect(name, table, slug)
    context = {
        "form": form,
        "office": office,
        "table": table,
        "day": now().date(),
        "carried": urlencode(form.typed_words),
    }
    return render(request, "offices/add.html", context)


@signed_in
def speak(
    request: HttpRequest,
    table: str,
    slug: str,
    public_id: str,
    form_class: type[MembershipForm],
) -> HttpResponse:
    """Change, end, withdraw, dispute or confirm a membership, by its form."""
    office = acting_office(request, table, slug)
    membership = _membership(office, public_id)
    given = {name: getattr(membership, name) for name in EDITABLE} | _given(request, form_class)
    form = form_class(office, membership, typed(request), initial=given)
    if request.method == "POST" and form.is_valid():
        said = form.speak(request.user)
        if form.refusal is None:
            messages.success(request, form.done(said))
            return redirect(back_to_lists(request, table, slug))
    context = {
        "form": form,
        "office": office,
        "table": table,
        "membership": membership,
        "back": back_to_lists(request, table, slug),
        "day": now().date(),
    }
    return render(request, "offices/membership.html", context)


@require_POST
@signed_in
def confirm_shown(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Say of all memberships that stood on a page that they are still true."""
    office = acting_office(request, table, slug)
    ids = {int(each[1:]) for each in request.POST.getlist("membership") if IDS.fullmatch(each)}
    shown = Membership.objects.with_names().filter(**{column_of(office): office})
    shown = shown.filter(pk__in=sorted(ids)[:SHOWN]).order_by("pk")
    try:
        confirmed = confirm_all(actor=request.user, office=office, memberships=shown)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to_lists(request, table, slug))
    said = ngettext(
        "%(word)s: %(count)s membership is still true.",
        "%(word)s: %(count)s memberships are still true.",
        confirmed,
    )
    messages.success(request, said % {"word": word_of(office), "count": confirmed})
    return redirect(back_to_lists(request, table, slug))


def _membership(office: Office, public_id: str) -> Membership:
    rows = Membership.objects.with_names().filter(**{column_of(office): office})
    return get_object_or_404(rows, pk=int(public_id[1:]))


def _given(request: HttpRequest, form_class: type[MembershipForm]) -> dict[str, Any]:
    """Return what was typed in another form and is taken along in the address."""
    return {name: request.GET[name] for name in form_class.base_fields if request.GET.get(name, "")}


def _named(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, model in (("network", Network), ("city", City)):
        record = model.objects.public().filter(slug=slug_in(request, name)).first()
        if record is not None:
            found[name] = record
    return found
