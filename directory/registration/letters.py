"""Mails of registration: plain text, in the reader's language, handed to the mail backend.

They are sent inside the transaction; the outbox backend stores them with it. Whoever causes a
letter often reads another language than whoever gets it: so what is said in a language, and each
address of a page, is given as a function, which is called in the reader's.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from directory.accounts.languages import in_language
from directory.accounts.mail import in_language_of, write_mail
from directory.accounts.models import User

# The pages answer at these addresses.
CLAIM_LINK = "/account/claims/open/{token}/"
HAND_ON_LINK = "/account/claims/accept/{token}/"
CLAIMS = "/account/claims/"
SUBMISSIONS = "/account/suggestions/"
OFFICE = "/account/{table}/{slug}/"


def page(path: str, **parts: str) -> Callable[[], str]:
    """Return the function that a letter takes for the address of a page."""
    return partial(address_of, path.format(**parts))


def address_of(path: str) -> str:
    """Return the full address of a page in the active language."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return settings.SITE_URL + in_language(path, language)


def send(letter: str, to: str, *, reader: Any = None, **context: Any) -> None:
    """Send ``templates/mail/<letter>.txt``, whose first line is the subject, and our foot below.

    In the language of ``reader``, a person; functions in ``context`` are called in it.
    """
    language = getattr(reader, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, body = _written(letter, context)
        # Within the language: the outbox notes it for what is added when the mail leaves.
        send_mail(subject, body + "\n", None, [to])


def remind(letter: str, reader: User, **context: Any) -> None:
    """Send a letter that the reader can switch off by the link that is added to it."""
    with in_language_of(reader):
        subject, body = _written(letter, context)
    write_mail(to=reader, subject=subject, body=body, reminder=True)


def _written(letter: str, context: dict[str, Any]) -> tuple[str, str]:
    said = {name: value() if callable(value) else value for name, value in context.items()}
    known = said | {"site": address_of("/").removesuffix("/")}
    text = render_to_string(f"mail/{letter}.txt", known)
    subject, _, body = text.strip().partition("\n")
    foot = render_to_string("mail/foot.txt", known)
    return " ".join(subject.split()), f"{body.strip()}\n\n{foot.strip()}"
