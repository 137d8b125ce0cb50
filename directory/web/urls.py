"""Addresses of the pages: English without prefix, for ever (DESIGN.md, Addresses)."""

from django.urls import path, re_path

from directory.web.views import (
    changes,
    cities,
    countries,
    files,
    focus_areas,
    funders,
    home,
    memberships,
    networks,
    site,
    suggestions,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", networks.search, name="search"),
    path("search/suggest/", suggestions.suggest, name="suggest"),
    path("networks/", networks.network_list, name="networks"),
    path("networks/<slug:slug>/", networks.network, name="network"),
    path("cities/", cities.city_list, name="cities"),
    path("cities/<slug:slug>/", cities.city, name="city"),
    re_path(r"^memberships/(?P<public_id>m\d{5,9})/$", memberships.membership, name="membership"),
    path("focus-areas/", focus_areas.focus_area_list, name="focus-areas"),
    path("focus-areas/<slug:slug>/", focus_areas.focus_area, name="focus-area"),
    path("countries/", countries.country_list, name="countries"),
    re_path(r"^countries/(?P<code>[A-Za-z]{2})/$", countries.country, name="country"),
    path("funders/", funders.funder_list, name="funders"),
    path("funders/<slug:slug>/", funders.funder, name="funder"),
    path("changes/", changes.changes, name="changes"),
    path("about/", site.about, name="about"),
    path("data/", site.data, name="data"),
    path("contact/", site.contact, name="contact"),
    path("privacy/", site.privacy, name="privacy"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("robots.txt", files.robots, name="robots"),
    path("favicon.ico", files.favicon, name="favicon"),
]
