"""Mails of registration: plain text, in the reader's language, handed to the mail backend.

They are sent inside the transaction; the outbox backend stores them with it.
"""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from directory.accounts.mail import in_language_of, write_mail
from directory.accounts.models import User

# The pages answer at these addresses.
CLAIM_LINK = "/account/claims/open/{token}/"
HAND_ON_LINK = "/account/claims/accept/{token}/"
CLAIMS = "/account/claims/"
SUBMISSIONS = "/account/suggestions/"
OFFICE = "/account/{table}/{slug}/"


def address_of(path: str, **parts: str) -> str:
    """Return the full address of a page."""
    return settings.SITE_URL + path.format(**parts)


def send(letter: str, to: str, *, reader: Any = None, **context: Any) -> None:
    """Send ``templates/mail/<letter>.txt``, whose first line is the subject, and our foot below."""
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
    known = context | {"site": settings.SITE_URL}
    text = render_to_string(f"mail/{letter}.txt", known)
    subject, _, body = text.strip().partition("\n")
    foot = render_to_string("mail/foot.txt", known)
    return " ".join(subject.split()), f"{body.strip()}\n\n{foot.strip()}"
