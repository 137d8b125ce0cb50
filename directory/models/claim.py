"""Claims: people's requests to act for a city or a network, and the domains that vouch for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.city import City
from directory.models.fields import KeyField, PlainTextField, bounded, filled, one_of
from directory.models.network import Network


class ClaimState(models.TextChoices):
    """How far a claim has come; ``directory.registration.claims`` says what follows on what."""

    REQUESTED = "requested", _("waiting for the mailed link to be opened")
    VERIFIED = "verified", _("waiting for an editor")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REVOKED = "revoked", _("revoked")
    EXPIRED = "expired", _("expired")
    HANDED_ON = "handed on", _("handed on")


LIVE_CLAIM_STATES = (ClaimState.REQUESTED, ClaimState.VERIFIED, ClaimState.GRANTED)


def of_one_office(model: str) -> models.CheckConstraint:
    """Return the constraint that a row belongs to a city or to a network, never to both."""
    return models.CheckConstraint(
        condition=models.Q(city__isnull=False, network__isnull=True)
        | models.Q(city__isnull=True, network__isnull=False),
        name=f"{model}_of_one_office",
    )


class Claim(models.Model):
    """One person's request to act for one city or one network. Never public.

    ``person`` is NULL once the account was erased; such a claim grants nothing.
    ``link_key`` is part of the mailed link that is still good; empty once it was opened.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="claims"
    )
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="claims")
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    role = PlainTextField(_("your role"), max_length=100)
    department = PlainTextField(_("department"), max_length=100, blank=True)
    work_address = models.EmailField(_("work e-mail address"), max_length=254)
    evidence = PlainTextField(_("how an editor can check this"), max_length=1000, blank=True)
    state = KeyField(max_length=20, choices=ClaimState.choices, default=ClaimState.REQUESTED)
    made_at = models.DateTimeField(default=timezone.now)
    link_key = KeyField(max_length=64, blank=True)
    link_sent_at = models.DateTimeField(null=True, blank=True)
    granted_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Why it was refused or revoked; the person reads it.
    reason = PlainTextField(max_length=500, blank=True)
    note = PlainTextField(_("internal note"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            of_one_office("claim"),
            *bounded("claim", role=100, department=100, evidence=1000, reason=500, note=1000),
            *filled("claim", "work_address"),
            *one_of("claim", state=ClaimState),
            *(
                models.UniqueConstraint(
                    fields=["person", office],
                    condition=models.Q(state__in=LIVE_CLAIM_STATES, **{f"{office}__isnull": False}),
                    name=f"claim_live_once_per_{office}",
                )
                for office in ("city", "network")
            ),
        ]
        indexes = [models.Index(fields=["state", "last_used_at"], name="claim_by_use")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"

    @property
    def office(self) -> City | Network:
        """The city or network that the person wants to act for."""
        office = self.city or self.network
        if office is None:
            raise ValueError(f"claim {self.pk} is for no office")
        return office

    @property
    def domain(self) -> str:
        """The exact domain of the work address."""
        return self.work_address.rpartition("@")[2]


class VerifiedDomain(models.Model):
    """A mail domain whose people are known to work for one city or network.

    ``is_shared``: people of it were granted for another office too, so it vouches for nobody.
    """

    domain = KeyField(max_length=253, unique=True)
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="verified_domains"
    )
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="verified_domains"
    )
    is_shared = models.BooleanField(default=False)
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, related_name="+")
    verified_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [of_one_office("verified_domain"), *filled("verified_domain", "domain")]

    def __str__(self) -> str:
        return self.domain

    def belongs_to(self, office: Any) -> bool:
        """Whether it is the office's, and no other's."""
        owner = self.city if isinstance(office, City) else self.network
        return owner == office and not self.is_shared
