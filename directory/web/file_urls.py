"""Addresses of files and of the page for developers, which have no language."""

from django.urls import path, re_path

from directory.web.views import comparing, coverage, data, files, previews, styleguide

VERSION = r"(?P<version>[0-9a-z.-]{1,40})"
FILE = r"(?P<name>[A-Za-z0-9._-]{1,100})"

urlpatterns = [
    path("compare/networks.csv", comparing.networks_file, name="compare-networks-file"),
    path("compare/cities.csv", comparing.cities_file, name="compare-cities-file"),
    path("coverage/coverage.csv", coverage.coverage_file, name="coverage-file"),
    re_path(rf"^data/releases/latest/{FILE}$", data.latest, name="latest-release-file"),
    re_path(rf"^data/releases/{VERSION}/{FILE}$", data.release_file, name="release-file"),
    path("networks/<slug:slug>/preview.png", previews.network_picture, name="network-preview"),
    path("cities/<slug:slug>/preview.png", previews.city_picture, name="city-preview"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/shown.css", styleguide.shown_stylesheet, name="styleguide-shown"),
    path("robots.txt", files.robots, name="robots"),
    path("favicon.ico", files.favicon, name="favicon"),
]
