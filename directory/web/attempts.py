"""Pages of django-allauth on which people try something: what is left, and 429 where nothing is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from directory.accounts.attempts import longest_wait, note_attempts
from directory.accounts.limits import longest_noted_wait
from directory.web import errors

View = Callable[..., HttpResponseBase]

ACTIONS = {
    "account_change_password": "change_password",
    "account_email": "manage_email",
    "account_login": "login",
    "account_reauthenticate": "reauthenticate",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_set_password": "change_password",
    "account_signup": "signup",
    "mfa_authenticate": "login_failed",
    "mfa_reauthenticate": "reauthenticate",
    "mfa_reauthenticate_webauthn": "reauthenticate",
}
"""What django-allauth counts each POST to a page as, by the name of its address."""

REFUSALS = {"too_many_login_attempts", "rate_limited"}


def attempted(view: View, name: str) -> View:
    """Let the page with this name say what is left of attempts, and when to try again."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method != "POST":
            return response
        note_attempts(request, ACTIONS[name], key=request.POST.get("email", "").strip().lower())
        wait = longest_noted_wait() or longest_wait("login_failed")
        if response.status_code == 429:
            return errors.too_often(request, wait)
        if _is_refused(response):
            # The form stays, with what was typed and with the other ways in.
            response.status_code = 429
            response.headers["Retry-After"] = str(wait)
        return response

    return answer


def _is_refused(response: HttpResponseBase) -> bool:
    form = (getattr(response, "context_data", None) or {}).get("form")
    if not isinstance(form, forms.BaseForm) or not form.is_bound:
        return False
    found = form.errors.as_data().values()
    return any(error.code in REFUSALS for errors_of_field in found for error in errors_of_field)
