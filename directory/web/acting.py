"""What all pages share on which people act: who may come, whom they act for, what was refused.

A page that writes is a form, one call of a rule of ``directory.registration``, and this module's
answers to what the rule refuses.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from directory.accounts import drafts
from directory.accounts.limits import TooOften, key_of, spend
from directory.models import City, Network
from directory.models.fields import SLUG
from directory.registration.offices import Office
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible
from directory.web import errors

View = Callable[..., HttpResponse]

OFFICE_MODELS: dict[str, type[Office]] = {"cities": City, "networks": Network}
"""The offices by the word that stands in their addresses: ``/account/cities/bergen-no/``."""


def signed_in(view: View) -> View:
    """Let signed-in people alone see a page, and write on it no more often than is fair.

    Whoever was signed out while typing finds what they typed again after signing in.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            drafts.keep(request)
            return redirect_to_login(request.get_full_path())
        if request.method == "POST":
            try:
                spend("write", key=key_of(request))
            except TooOften as refusal:
                return errors.too_often(request, refusal.wait)
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(answer)


def limited(action: str, *, visitors: str = "") -> Callable[[View], View]:
    """Limit how often a page is posted to, by ``directory.accounts.limits.LIMITS``.

    ``visitors`` names the limit for people without an account, where it is another.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                counted = action if request.user.is_authenticated else visitors or action
                try:
                    spend(counted, key=key_of(request))
                except TooOften as refusal:
                    return errors.too_often(request, refusal.wait)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was typed into a page's form: just sent, or before the person had to sign in.

    None where nothing was, so that it can be handed to a form as its data.
    """
    if request.method == "POST":
        return request.POST
    return drafts.take(request)


def acting_office(request: HttpRequest, table: str, slug: str) -> Office:
    """Return the office that a page is about: 404 if there is none, 403 unless one acts for it."""
    office = get_object_or_404(OFFICE_MODELS[table], slug=slug)
    require(request.user, Action.SPEAK_FOR, office)
    return office


def slug_in(request: HttpRequest, name: str) -> str:
    """Return the id in a page's address; empty for what is none, which no database must see."""
    written = request.GET.get(name, "")[:80]
    return written if re.fullmatch(SLUG, written, re.ASCII) else ""


def table_of(office: Office) -> str:
    """Return the word for an office's kind in its addresses."""
    return next(table for table, model in OFFICE_MODELS.items() if isinstance(office, model))


class ActionForm(forms.Form):
    """A form that calls one rule, and shows beside each field what the rule refuses."""

    def carry_out(self, write: Callable[..., Any], **arguments: Any) -> Any:
        """Call ``write``; returns its answer, or None where it refused (shown in the form).

        ``refusal`` then holds what it refused, whose ``existing`` may be worth a link.
        """
        self.refusal: NotPossible | None = None
        try:
            return write(**arguments)
        except NotPossible as refusal:
            self.refusal = refusal
            self.show(refusal)
            return None

    def show(self, refusal: NotPossible) -> None:
        """Show a refusal beside the fields that it is about, or above the form."""
        if not isinstance(refusal, Invalid):
            self.add_error(None, str(refusal))
            return
        for name, sentences in refusal.errors.items():
            self.add_error(name if name in self.fields else None, sentences)
