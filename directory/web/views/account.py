"""Pages of a person's own account; those for signing in come from django-allauth."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.accounts import personal_data
from directory.accounts.editors import LastEditor, is_last_editor
from directory.accounts.gates import has_second_factor
from directory.accounts.mail import user_of_unsubscribe
from directory.accounts.models import User
from directory.models.claim import ClaimState
from directory.models.review import ReviewState
from directory.registration.own import own_live_claims, own_open_suggestions

AnyView = Callable[..., HttpResponseBase]

CLAIMS_SHOWN = 50


def writes_in_one_transaction(view: AnyView) -> AnyView:
    """Let a view write all or nothing, mail included; reading takes no transaction."""
    atomic = transaction.atomic(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        chosen = atomic if request.method == "POST" else view
        return chosen(request, *args, **kwargs)

    return answer


class ProfileForm(forms.ModelForm):
    """What people may change about themselves."""

    class Meta:
        model = User
        fields = ["name", "language", "wants_reminders"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show a person's account and the way to everything in it."""
    context = {
        "form": ProfileForm(instance=request.user),
        "needs_second_factor": request.user.is_editor and not has_second_factor(request.user),
        "factors": Authenticator.objects.filter(user=request.user).order_by("type", "pk"),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
    }
    return render(request, "account/account.html", context | _asked_for(request.user))


def _asked_for(person: User) -> dict[str, Any]:
    """Return for whom a person acts, and what waits for an answer of theirs or for an editor."""
    claims = list(own_live_claims(person)[:CLAIMS_SHOWN])
    asked = Q(review__state=ReviewState.ASKED_BACK)
    return {
        "granted": [claim for claim in claims if claim.state == ClaimState.GRANTED],
        "open_claims": [claim for claim in claims if claim.state != ClaimState.GRANTED],
        **own_open_suggestions(person).aggregate(
            open_suggestions=Count("pk"), questions=Count("pk", filter=asked)
        ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Change name, language and reminders."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your changes are kept."))
        return redirect("account")
    return render(request, "account/profile.html", {"form": form})


@require_safe
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is kept about a person."""
    response = JsonResponse(
        personal_data.all_about(request.user),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    stamp = now().date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="citynet-account-{stamp}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def delete(request: HttpRequest) -> HttpResponse:
    """Ask whether an account is to go, then erase it; the only editor's stays."""
    if request.method == "POST":
        try:
            personal_data.erase(request.user)
        except LastEditor:
            return redirect("account-delete")
        logout(request)
        return redirect("account-deleted")
    context = {"is_last_editor": is_last_editor(request.user)}
    return render(request, "account/delete.html", context)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Say that the account is gone."""
    return render(request, "account/deleted.html")


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one other browser."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        return redirect("account_logout")
    session.end()
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


# Mail programs send the one-click request without a cookie or token of ours (RFC 8058); the signed
# address is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_off(request: HttpRequest, token: str) -> HttpResponse:
    """Switch reminders off for whoever the signed address was made for, without signing in."""
    user = user_of_unsubscribe(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        user.wants_reminders = False
        user.save(update_fields=["wants_reminders"])
    return render(request, "account/reminders_off.html", {"off": not user.wants_reminders})
