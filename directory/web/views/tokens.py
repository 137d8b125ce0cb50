"""Pages of one's own access tokens: making one, seeing its secret once, revoking it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.registration.tokens import issue_token, live_tokens, revoke_token
from directory.web.acting import limited, signed_in, typed
from directory.web.forms.tokens import TokenForm


@signed_in
@limited("token")
def token_list(request: HttpRequest) -> HttpResponse:
    """Show a person's tokens and make new ones.

    The secret stands in the answer to the form alone, which nothing keeps: to lead elsewhere
    first it would have to be stored. Loading that answer again is refused, as the name is taken.
    """
    form = TokenForm(typed(request), person=request.user)
    secret = ""
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(issue_token, actor=request.user, **form.cleaned_data)
        if made:
            form, secret = TokenForm(person=request.user), made[1]
    tokens = live_tokens(request.user).select_related("city", "network")
    context = {"form": form, "secret": secret, "tokens": tokens, "can_make": bool(form.offices)}
    return render(request, "tokens/list.html", context)


@signed_in
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a token is to end, then end it; other people's tokens are not there."""
    tokens = live_tokens(request.user).select_related("city", "network")
    token = get_object_or_404(tokens, pk=pk)
    if request.method == "POST":
        revoke_token(actor=request.user, token=token)
        messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
        return redirect("tokens")
    return render(request, "tokens/revoke.html", {"token": token})
