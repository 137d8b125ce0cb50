"""Writing mail into the outbox and delivering what waits there."""

import datetime
from collections.abc import Callable, Sequence
from email.errors import MessageError
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.accounts.outbox import KEPT, WAITS, OutgoingMail

Deliver = Callable[[mail.EmailMessage], None]
_SIGNER = Signer(salt="directory.accounts.reminders")


class OutboxBackend(BaseEmailBackend):
    """Django's way out for mail: into the outbox, in the transaction of what causes it."""

    def send_messages(self, email_messages: Sequence[mail.EmailMessage]) -> int:
        rows = [
            OutgoingMail(
                to=to,
                subject=" ".join(message.subject.split())[:250],
                body=message.body,
                language=translation.get_language() or settings.LANGUAGE_CODE,
            )
            for message in email_messages
            for to in message.recipients()
        ]
        OutgoingMail.objects.bulk_create(rows)
        return len(rows)


def write_mail(*, to: User, subject: str, body: str, reminder: bool = False) -> OutgoingMail | None:
    """Put a mail to a person into the outbox, within the caller's transaction.

    ``subject`` and ``body`` are in the person's language already: make them within
    ``in_language_of(person)``. A reminder can be switched off, so whoever did gets none.
    """
    if not to.is_active or (reminder and not to.wants_reminders):
        return None
    address = ""
    if reminder:
        with in_language_of(to):
            address = unsubscribe_address(to)
            body = f"{body}\n\n" + _("No more reminders: %(address)s") % {"address": address}
    return OutgoingMail.objects.create(
        to=to.email, subject=subject, body=body, language=to.language, unsubscribe=address
    )


def in_language_of(user: User) -> translation.override:
    """Return a context in which texts come out in the language of a person."""
    return translation.override(user.language)


def unsubscribe_address(user: User) -> str:
    """Return the address at which a person switches reminders off without signing in.

    In the active language.
    """
    token = _SIGNER.sign(str(user.opaque_id))
    return settings.SITE_URL + reverse("account-reminders-off", args=[token])


def user_of_unsubscribe(token: str) -> User | None:
    """Return whose reminders a signed token switches off; None when it is not one of ours."""
    try:
        return User.objects.filter(opaque_id=_SIGNER.unsign(token), is_active=True).first()
    except BadSignature:
        return None


def send_waiting(*, deliver: Deliver | None = None) -> tuple[int, int]:
    """Deliver what waits; return how many mails went out and how many attempts failed."""
    deliver = deliver or (to_smtp if settings.EMAIL_HOST else to_file)
    sent = failed = 0
    for outgoing in OutgoingMail.waiting(timezone.now())[:500]:
        if not outgoing.claim(timezone.now()):
            continue
        try:
            deliver(as_message(outgoing))
        except (OSError, SMTPException, MessageError, ValueError) as error:
            outgoing.fail(timezone.now(), f"{type(error).__name__}: {error}")
            failed += 1
        else:
            outgoing.succeed(timezone.now())
            sent += 1
    return sent, failed


def forget_sent(before: datetime.datetime | None = None) -> int:
    """Delete what was sent before a moment, 30 days ago by default; return how many.

    What was given up goes as long after its last attempt: it holds the same links and addresses.
    """
    moment = before or timezone.now() - KEPT
    given_up = Q(sent_at=None, attempts__gt=len(WAITS), due_at__lt=moment)
    return OutgoingMail.objects.filter(Q(sent_at__lt=moment) | given_up).delete()[0]


def as_message(outgoing: OutgoingMail) -> mail.EmailMessage:
    """Return a row of the outbox as a mail with its headers."""
    headers = {
        "Message-ID": f"<{outgoing.public_id}@{settings.SITE.host.strip('[]')}>",
        "Content-Language": outgoing.language,
        "Auto-Submitted": "auto-generated",
    }
    if outgoing.unsubscribe:
        headers["List-Unsubscribe"] = f"<{outgoing.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail.EmailMessage(
        subject=outgoing.subject, body=outgoing.body, to=[outgoing.to], headers=headers
    )


def to_file(message: mail.EmailMessage) -> None:
    """Deliver into a file of var/mail/, one per mail: nothing leaves this machine.

    Mails hold links that let in, so the file is for its owner alone.
    """
    folder = Path(settings.MAIL_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    public_id = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
    stamp = timezone.now().strftime("%Y%m%dT%H%M%S%f")
    part = folder / f"{public_id}.part"
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(message.message().as_bytes())
    part.rename(folder / f"{stamp}-{public_id}.eml")


def to_smtp(message: mail.EmailMessage) -> None:
    """Deliver by the server that EMAIL_URL names."""
    message.connection = SmtpBackend(timeout=30)
    message.send()
