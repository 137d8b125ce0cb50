"""People as editors see them: the editors themselves, and whoever has an account or a claim."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.registration import editors
from directory.registration.evidence import person_record
from directory.registration.permissions import Action, require
from directory.web.acting import signed_in, typed
from directory.web.forms.people import AddressForm, AppointForm, DismissForm


@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """Show the editors, and the person of an address with their claims."""
    require(request.user, Action.SEE_QUEUE)
    form = AddressForm(request.GET if "address" in request.GET else None)
    context = {"form": form, "appoint_form": AppointForm(auto_id="appoint-%s")}
    if form.is_valid():
        person = User.objects.filter(email=form.cleaned_data["address"].lower()).first()
        context |= {"asked": True, "person": person}
        if person:
            claims = person.claims.select_related("city", "network").order_by("-made_at", "-pk")
            context |= {"record": person_record(person), "claims": claims}
    return render(request, "editors/people.html", context | {"editors": _editors()})


@signed_in
def appoint(request: HttpRequest) -> HttpResponse:
    """Make a person an editor."""
    require(request.user, Action.APPOINT_EDITOR)
    form = AppointForm(typed(request))
    if request.method == "POST" and form.is_valid():
        person = form.carry_out(editors.appoint_editor, actor=request.user, **form.cleaned_data)
        if person is not None:
            said = _("%(address)s is an editor now. They need a second factor.")
            messages.success(request, said % {"address": person.email})
            return redirect("editor-people")
    return render(request, "editors/appoint.html", {"form": form})


@signed_in
def dismiss(request: HttpRequest, number: int) -> HttpResponse:
    """Let a person be an editor no more."""
    person = get_object_or_404(User, pk=number, is_editor=True)
    require(request.user, Action.DISMISS_EDITOR, person)
    form = DismissForm(typed(request))
    if request.method == "POST" and form.is_valid():
        dismissed = form.carry_out(
            editors.dismiss_editor, actor=request.user, person=person, **form.cleaned_data
        )
        if dismissed is not None:
            said = _("%(address)s is no editor any more.") % {"address": person.email}
            messages.success(request, said)
            is_gone = person == request.user
            return redirect("account" if is_gone else "editor-people")
    return render(request, "editors/dismiss.html", {"form": form, "person": person})


def _editors() -> list[User]:
    return list(User.objects.filter(is_editor=True, is_active=True).order_by("email"))
