"""What columns are called where people who never read the data package's tables fill them in."""

from django.utils.translation import gettext_lazy as _

DATE = _("A year, a month or a day: 2019, 2019-05 or 2019-05-03. Empty where not known.")

LABELS = {
    "name": _("Name"),
    "acronym": _("Acronym or short name"),
    "aliases": _("Other names"),
    "website": _("Website"),
    "founded": _("Founded in the year"),
    "ended": _("Ended in the year"),
    "status": _("Is it at work?"),
    "kind": _("What sort of body is it?"),
    "scope": _("How far does it reach?"),
    "regions": _("Regions that it works in"),
    "countries": _("Countries that it is limited to"),
    "headquarters_city": _("City of its office"),
    "headquarters_country": _("Country of its office"),
    "focus_areas": _("Issues that it works on"),
    "members_are": _("Who are its members?"),
    "joining": _("How does a city become a member?"),
    "fee": _("Does membership cost a fee?"),
    "eligibility": _("Which cities may join?"),
    "members_url": _("Page with its members"),
    "stated_members": _("Number of members that it states"),
    "stated_members_as_of": _("Year of that number"),
    "stated_members_source": _("Page with that number"),
    "funders": _("Who pays for it?"),
    "summary": _("What does it do?"),
    "country": _("Country or territory"),
    "admin1_name": _("Division, such as state or province"),
    "latitude": _("Latitude, in degrees north"),
    "longitude": _("Longitude, in degrees east"),
    "population": _("Inhabitants"),
    "wikidata": _("Id in Wikidata, such as Q26793"),
}
HINTS = {
    "summary": _("In one or two sentences of your own."),
    "latitude": _("Such as 60.39; south of the equator -33.87."),
    "longitude": _("Such as 5.32; west of Greenwich -70.65."),
}
# Some columns of memberships have the names of other columns of networks.
OF_MEMBERSHIPS = {
    "role": _("Role"),
    "founder": _("Helped to found the network"),
    "joined": _("Joined"),
    "left": _("Left"),
    "ended": _("Has left, but when is not known"),
}
HINTS_OF_MEMBERSHIPS = {
    "joined": DATE,
    "left": _("The last year, month or day; empty while it lasts."),
}
