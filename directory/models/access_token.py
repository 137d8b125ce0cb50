"""Access tokens: what a program shows to the API to write for one office, and what it sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.city import City
from directory.models.claim import of_one_office
from directory.models.fields import KeyField, PlainTextField, bounded, filled
from directory.models.network import Network


class AccessToken(models.Model):
    """One person's permission for a program to write for one city or one network. Never public.

    The secret itself is kept nowhere: ``digest`` is its SHA-256, ``prefix`` the part of it by
    which its person recognises it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens"
    )
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="access_tokens"
    )
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="access_tokens"
    )
    name = PlainTextField(_("name"), max_length=100)
    prefix = KeyField(max_length=8)
    digest = KeyField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            of_one_office("access_token"),
            *bounded("access_token", name=100, prefix=8),
            *filled("access_token", "name", "prefix", "digest"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="access_token_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.prefix}…"

    @property
    def office(self) -> City | Network:
        """The city or network that the token writes for."""
        office = self.city or self.network
        if office is None:
            raise ValueError(f"access token {self.pk} is for no office")
        return office

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


class IdempotencyKey(models.Model):
    """A request that a program may send again, and how it was answered; kept for a day.

    ``status`` is NULL while the request is being carried out.
    """

    token = models.ForeignKey(AccessToken, models.CASCADE, related_name="idempotency_keys")
    key = KeyField(max_length=255)
    # SHA-256 of method, address and body.
    fingerprint = KeyField(max_length=64)
    begun_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once"),
            *bounded("idempotency", key=255),
            *filled("idempotency", "key", "fingerprint"),
        ]
        indexes = [models.Index(fields=["begun_at"], name="idempotency_by_age")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.status or 'in progress'}"
