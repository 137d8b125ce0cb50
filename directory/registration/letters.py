"""Mails of registration: plain text, in the reader's language, handed to the mail backend.

They are sent inside the transaction; the outbox backend stores them with it.
"""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

# The pages answer at these addresses.
CLAIM_LINK = "/account/claims/open/{token}/"
HAND_ON_LINK = "/account/claims/accept/{token}/"
CLAIMS = "/account/claims/"
SUBMISSIONS = "/account/suggestions/"


def address_of(path: str, **parts: str) -> str:
    """Return the full address of a page."""
    return settings.SITE_URL + path.format(**parts)


def send(letter: str, to: str, *, reader: Any = None, **context: Any) -> None:
    """Send ``templates/mail/<letter>.txt``, whose first line is the subject."""
    language = getattr(reader, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        text = render_to_string(f"mail/{letter}.txt", context | {"site": settings.SITE_URL})
        subject, _, body = text.strip().partition("\n")
        # Within the language: the outbox notes it for what is added when the mail leaves.
        send_mail(" ".join(subject.split()), body.strip() + "\n", None, [to])
