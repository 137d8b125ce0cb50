"""One address of every kind of page, for the checks that all pages must pass.

A new kind of page gets a line here, and one for a state of it that looks different: empty, long,
mistaken, ended.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

PAGES = [
    "/",
    "/search/?q=women%27s+safety",
    "/search/?q=accessibilty",
    "/search/?q=qqqqxxxx",
    "/search/?q=climate&focus=nonsense",
    "/networks/",
    "/networks/?page=2",
    "/networks/?member=Bergen&founded_min=old",
    "/networks/?as_of=2019-12-31&member=bergen-no",
    "/networks/eurocities/?as_of=2000-12-31",
    "/networks/c40-cities/",
    "/networks/eurocities/",
    "/networks/climate-emergency-australia/",
    "/networks/acr-plus/",
    "/networks/100-resilient-cities/",
    "/networks/club-villes-territoires-cyclables/",
    "/cities/",
    "/cities/?country=NO&country=SE",
    "/cities/?as_of=2010-01-01&network=c40-cities",
    "/cities/barcelona-es/?as_of=2005-01-01&precision=strict",
    "/cities/barcelona-es/",
    "/cities/carabayllo-pe/",
    "/for/barcelona-es/?focus_area=inclusion",
    "/for/carabayllo-pe/",
    "/for/bergen-no/?focus_area=nonsense",
    "/compare/networks/",
    "/compare/networks/?network=c40-cities&add=climate",
    "/compare/networks/?network=c40-cities&network=eurocities&network=acr-plus&network=efus",
    "/compare/networks/?network=c40-cities&network=no-such-network",
    "/compare/cities/?city=bergen-no&add=qqqqxxxx",
    "/compare/cities/?city=bergen-no&city=oslo-no&city=barcelona-es",
    "/cities/bergen-no/neighbours/",
    "/cities/barcelona-es/neighbours/?nodes=60&least=5",
    "/cities/carabayllo-pe/neighbours/",
    "/networks/eurocities/neighbours/?nodes=40&sort=name",
    "/ar/cities/oslo-no/neighbours/",
    "/compare/networks/list/?network=c40-cities&network=eurocities&of=eurocities",
    "/compare/cities/list/?city=bergen-no&city=oslo-no&of=bergen-no&of=oslo-no",
    "/memberships/m00001/",
    "/focus-areas/",
    "/focus-areas/womens-safety/",
    "/countries/",
    "/countries/no/",
    "/coverage/",
    "/coverage/?area=inclusion&region=asia&year=2010",
    "/coverage/climate/africa/",
    "/coverage/funders/",
    "/timelines/",
    "/ar/coverage/",
    "/ar/networks/?focus_area=womens-safety",
    "/fr/cities/bergen-no/",
    "/ar/networks/c40-cities/",
    "/ar/focus-areas/gender-equality/",
    "/ar/embed/networks/eurocities/",
    "/funders/",
    "/funders/european-commission/",
    "/embed/networks/eurocities/",
    "/embed/cities/barcelona-es/",
    "/changes/",
    "/changes/?table=redirects&origin=api",
    "/changes/2/",
    "/changes/2/?table=statements&network=eurocities",
    "/networks/c40-cities/history/",
    "/networks/c40-cities/history/?revision=2",
    "/cities/barcelona-es/history/",
    "/memberships/m00001/history/",
    "/about/",
    "/data/",
    "/data/dictionary/",
    "/data/releases/",
    "/data/releases/2026-11-01.r2/",
    "/data/vocabulary/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/confirm-email/",
    "/account/confirm-email/no-such-key/",
    "/account/password/reset/key/1-no-such-key/",
    "/account/deleted/",
    "/corrections/cities/bergen-no/",
    "/corrections/networks/eurocities/",
    "/corrections/memberships/m00001/",
    "/corrections/memberships/new/?city=bergen-no",
    "/corrections/thanks/?about=cities/bergen-no",
    "/styleguide/",
    "/api/docs/",
    "/no-such-page/",
    "/networks/no-such-network/",
]


def of_each_kind(pages: Iterable[str]) -> list[str]:
    """Return the first of the pages that share a pattern of addresses."""
    kinds: dict[str, str] = {}
    for page in pages:
        try:
            kind = resolve(urlsplit(page).path).view_name
        except Resolver404:
            kind = "none"
        kinds.setdefault(kind, page)
    return list(kinds.values())


# The pages that most people see, for the checks that take longer: speed, layout, paper.
MAIN_PAGES = [
    "/",
    "/search/?q=women%27s+safety",
    "/networks/",
    "/networks/eurocities/",
    "/cities/",
    "/cities/barcelona-es/",
    "/focus-areas/womens-safety/",
    "/coverage/",
    "/compare/networks/?network=c40-cities&network=eurocities",
    "/data/",
]
# What one of them may weigh on its way to a phone, without images.
MOST_BYTES = 150_000

# Pages whose answer is an error on purpose.
STATUS = {
    "/networks/?member=Bergen&founded_min=old": 400,
    "/for/bergen-no/?focus_area=nonsense": 400,
    "/compare/networks/?network=c40-cities&network=no-such-network": 400,
    "/no-such-page/": 404,
    "/networks/no-such-network/": 404,
}
