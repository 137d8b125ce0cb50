"""Atom feeds of what changed: the same facts as the pages, for programs that watch them."""

import datetime
from collections.abc import Sequence
from html import escape

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from directory.history import RecentChange
from directory.models.text import JOINERS, forbidden_characters
from directory.web.templatetags.citynet import change_count

AUTHOR = "CityNet"
# The time of a feed in which nothing has happened yet: the same at every request.
BEFORE_ALL = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class _Feed(Atom1Feed):
    """Atom whose time is that of its newest entry, never that of the request."""

    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime.datetime:
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


def atom(changes: Sequence[RecentChange], *, title: str, page: str, address: str) -> HttpResponse:
    """Return the feed of some change sets, newest first.

    ``page`` is the path of the page that shows the same, ``address`` the feed's own.
    """
    feed = _Feed(
        title=_plain(title),
        link=f"{settings.SITE_URL}{page}",
        description="",
        language=settings.LANGUAGE_CODE,
        feed_url=f"{settings.SITE_URL}{address}",
        author_name=AUTHOR,
        feed_guid=f"{settings.SITE_URL}{address}",
    )
    for change in changes:
        made = change.change_set
        url = f"{settings.SITE_URL}{reverse('change-set', args=[made.revision])}"
        counts = " · ".join(change_count(count) for count in change.counts)
        feed.add_item(
            title=_plain(made.reason),
            link=url,
            # Atom marks it as HTML, so it must not be taken for any.
            description=escape(counts or _("Public pages changed, no record did.")),
            unique_id=url,
            pubdate=made.made_at,
            updateddate=made.made_at,
            author_name=_plain(made.office) or AUTHOR,
            categories=[made.origin],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _plain(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    if not forbidden_characters(text):
        return text
    return "".join(each for each in text if each in JOINERS or not forbidden_characters(each))
