"""How long a sign-in lasts: half a day without use, and a week in any case.

The longest working day lies within the former, so that nobody types in vain; an office computer
that stays on over the weekend does not let in whoever sits down at it. What was typed into a form
meanwhile is kept until its author has signed in again (``directory.accounts.drafts``).
"""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from directory.accounts.gates import PRIVATE_PREFIXES
from directory.accounts.languages import without_language

LONGEST_UNUSED = 12 * 3600
LONGEST = 7 * 24 * 3600
# Use is noted no more often than this: each note is a write.
NOTED_EVERY = 600

BEGUN, USED = "sign_in_begun", "sign_in_used"


def sign_ins_end(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware that signs people out whose time is over, on the pages that know them."""

    def respond(request: HttpRequest) -> HttpResponse:
        if (
            without_language(request.path).startswith(PRIVATE_PREFIXES)
            and request.user.is_authenticated
        ):
            _end_or_note(request, int(time.time()))
        return get_response(request)

    return respond


def _end_or_note(request: HttpRequest, now: int) -> None:
    session = request.session
    used = session.get(USED, now)
    if now - session.get(BEGUN, now) > LONGEST or now - used > LONGEST_UNUSED:
        logout(request)
        return
    if BEGUN not in session:
        session[BEGUN] = now
    if USED not in session or now - used > NOTED_EVERY:
        session[USED] = now


def _note_beginning(request: HttpRequest | None, **_more: Any) -> None:
    if request is not None:
        request.session[BEGUN] = request.session[USED] = int(time.time())


user_logged_in.connect(_note_beginning, dispatch_uid="directory.accounts.lifetimes")
