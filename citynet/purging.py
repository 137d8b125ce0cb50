"""Tells a CDN what has changed, from the change log: a change itself writes nothing more.

Up to which revision the CDN was told stands in the shared cache, and moves once it has answered.
Where that is lost, or of a time before a backup was restored, everything is purged. Nothing is
purged before every replica that answers has it, lest the CDN ask one that is behind.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches

from citynet.cdn import EACH, EVERYTHING, LISTS, ONE
from citynet.replicas import PRIMARY, replica_aliases, version_at
from directory.history.validators import Version
from directory.models import ChangeSet, Entry, Membership

POINTER = "citynet.purged"
KEYS_A_REQUEST = 30
# Of one kind; where a change is about more, all of the kind go.
MOST_KEYS = 300
# Where more was missed than this, all goes.
MOST_REVISIONS = 1000
TIMEOUT = 10
# What records say and are called, also on the pages of others.
NAMING = ("networks", "cities", "labels")


class PurgeFailed(Exception):
    """The CDN was not told; the message holds no secret."""


def purge_changes() -> int:
    """Tell the CDN of all changes since it was told last; return how many keys were purged.

    Raises PurgeFailed. Safe to run several at once: what is told twice does no harm.
    """
    version = _version_everywhere()
    told = caches["default"].get(POINTER)
    if version is None or told == _pointer(version):
        return 0
    keys = keys_of_changes(told, version)
    send(keys)
    caches["default"].set(POINTER, _pointer(version), timeout=None)
    return len(keys)


def purge_everything() -> None:
    """Let the CDN forget all: after a new version of the site, or a restored backup."""
    send([EVERYTHING])


def keys_of_changes(told: Sequence[Any] | None, version: Version) -> list[str]:
    """Return the keys of all that was changed since the revision that the CDN knows."""
    newest = version[0]
    if not told or not 0 <= newest - told[0] <= MOST_REVISIONS:
        return [EVERYTHING]
    if newest == told[0]:
        # The same number with another stamp: a restored backup.
        return [EVERYTHING]
    between = {"revision__gt": told[0], "revision__lte": newest}
    sets = ChangeSet.objects.filter(**between)
    if sets.filter(entries=None).exists():
        # A gazetteer, a release: whatever it is, no record tells.
        return [EVERYTHING]
    changed = Entry.objects.filter(change_set__in=sets).order_by()
    found: dict[str, set[str]] = {"networks": set(), "cities": set()}
    named: dict[str, set[str]] = {"networks": set(), "cities": set()}
    for table, network, city in changed.values_list("table", "network", "city").distinct():
        if not network and not city:
            return [EVERYTHING]
        for kind, slug in (("networks", network), ("cities", city)):
            found[kind] |= {slug} - {""}
            if table in NAMING:
                named[kind] |= {slug} - {""}
    moved = changed.filter(table="memberships", action=Entry.Action.CHANGED)
    for network, city in moved.values_list("before__network", "before__city").distinct():
        found["networks"].add(network)
        found["cities"].add(city)
    # A network's page names its cities, a city's its networks.
    found["networks"] |= _beside("city__slug", named["cities"], "network__slug")
    found["cities"] |= _beside("network__slug", named["networks"], "city__slug")
    return [LISTS, *_keys(found)]


def _beside(column: str, slugs: set[str], other: str) -> set[str]:
    if len(slugs) > MOST_KEYS:
        # As many again as there are: so all of the other kind go, too.
        return slugs
    memberships = Membership.objects.filter(**{f"{column}__in": slugs}).order_by()
    return set(memberships.values_list(other, flat=True).distinct())


def _keys(found: dict[str, set[str]]) -> Iterator[str]:
    for table, slugs in found.items():
        if len(slugs) > MOST_KEYS:
            yield EACH[table]
        else:
            yield from (f"{ONE[table]}:{slug}" for slug in sorted(slugs))


def send(keys: Sequence[str]) -> None:
    """Purge keys; raises PurgeFailed where any request for it was not answered with success."""
    for start in range(0, len(keys), KEYS_A_REQUEST):
        _post(list(keys[start : start + KEYS_A_REQUEST]))


def _post(keys: list[str]) -> None:
    cdn = settings.CDN
    request = urllib.request.Request(  # noqa: S310 - https, or this machine (citynet.cdn_settings)
        cdn.purge_url,
        json.dumps(cdn.body(keys)).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    if cdn.purge_header:
        request.add_unredirected_header(*cdn.purge_header)
    host = urlsplit(cdn.purge_url).hostname
    try:
        with _OPENER.open(request, timeout=TIMEOUT):
            pass
    except urllib.error.HTTPError as error:
        error.close()
        raise PurgeFailed(f"{host} answered {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise PurgeFailed(f"{host} did not answer: {type(reason).__name__}") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, which would carry the keys elsewhere."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def _version_everywhere() -> Version | None:
    """Return the newest version that the primary and every replica that answers have."""
    primary = version_at(PRIMARY)
    if primary is None:
        return None
    others = (version_at(alias) for alias in replica_aliases())
    return min((primary, *filter(None, others)), key=lambda version: version[0])


def _pointer(version: Version) -> list[Any]:
    return [version[0], str(version[1])]
