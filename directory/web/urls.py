"""Addresses of the pages: English without prefix, for ever (DESIGN.md, Addresses)."""

from django.urls import path, re_path

from directory.web.views import (
    changes,
    cities,
    countries,
    data,
    feeds,
    files,
    focus_areas,
    funders,
    history,
    home,
    memberships,
    networks,
    site,
    suggestions,
    vocabulary,
)

VERSION = r"(?P<version>[0-9a-z.-]{1,40})"
FILE = r"(?P<name>[A-Za-z0-9._-]{1,100})"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", networks.search, name="search"),
    path("search/suggest/", suggestions.suggest, name="suggest"),
    path("networks/", networks.network_list, name="networks"),
    path("networks/<slug:slug>/", networks.network, name="network"),
    path("networks/<slug:slug>/history/", history.network_history, name="network-history"),
    path("networks/<slug:slug>/feed/", feeds.network_feed, name="network-feed"),
    path("cities/", cities.city_list, name="cities"),
    path("cities/<slug:slug>/", cities.city, name="city"),
    path("cities/<slug:slug>/history/", history.city_history, name="city-history"),
    path("cities/<slug:slug>/feed/", feeds.city_feed, name="city-feed"),
    re_path(r"^memberships/(?P<public_id>m\d{5,9})/$", memberships.membership, name="membership"),
    re_path(
        r"^memberships/(?P<public_id>m\d{5,9})/history/$",
        history.membership_history,
        name="membership-history",
    ),
    path("focus-areas/", focus_areas.focus_area_list, name="focus-areas"),
    path("focus-areas/<slug:slug>/", focus_areas.focus_area, name="focus-area"),
    path("countries/", countries.country_list, name="countries"),
    re_path(r"^countries/(?P<code>[A-Za-z]{2})/$", countries.country, name="country"),
    path("funders/", funders.funder_list, name="funders"),
    path("funders/<slug:slug>/", funders.funder, name="funder"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed/", feeds.changes_feed, name="changes-feed"),
    re_path(r"^changes/(?P<revision>[1-9][0-9]{0,15})/$", changes.change_set, name="change-set"),
    path("about/", site.about, name="about"),
    path("data/", data.data, name="data"),
    path("data/dictionary/", data.dictionary, name="data-dictionary"),
    path("data/releases/", data.release_list, name="releases"),
    path("data/releases/latest/", data.latest, name="latest-release"),
    re_path(rf"^data/releases/latest/{FILE}$", data.latest, name="latest-release-file"),
    re_path(rf"^data/releases/{VERSION}/$", data.release, name="release"),
    re_path(rf"^data/releases/{VERSION}/{FILE}$", data.release_file, name="release-file"),
    path("data/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("contact/", site.contact, name="contact"),
    path("privacy/", site.privacy, name="privacy"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("robots.txt", files.robots, name="robots"),
    path("favicon.ico", files.favicon, name="favicon"),
]
