"""One address of every kind of page, for the checks that all pages must pass.

A new kind of page gets a line here, and one for a state of it that looks different: empty, long,
mistaken, ended.
"""

PAGES = [
    "/",
    "/search/?q=women%27s+safety",
    "/search/?q=accessibilty",
    "/search/?q=qqqqxxxx",
    "/search/?q=climate&focus=nonsense",
    "/networks/",
    "/networks/?page=2",
    "/networks/?member=Bergen&founded_min=old",
    "/networks/c40-cities/",
    "/networks/eurocities/",
    "/networks/climate-emergency-australia/",
    "/networks/acr-plus/",
    "/networks/100-resilient-cities/",
    "/networks/club-villes-territoires-cyclables/",
    "/cities/",
    "/cities/?country=NO&country=SE",
    "/cities/barcelona-es/",
    "/cities/carabayllo-pe/",
    "/memberships/m00001/",
    "/focus-areas/",
    "/focus-areas/womens-safety/",
    "/countries/",
    "/countries/no/",
    "/funders/",
    "/funders/european-commission/",
    "/changes/",
    "/about/",
    "/data/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/api/docs/",
    "/no-such-page/",
    "/networks/no-such-network/",
]

# Pages whose answer is an error on purpose.
STATUS = {
    "/networks/?member=Bergen&founded_min=old": 400,
    "/no-such-page/": 404,
    "/networks/no-such-network/": 404,
}
