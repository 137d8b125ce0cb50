"""Which column of a table is which, by its name in several spellings and languages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models.text import fold
from directory.registration.bulk.refusals import Refused

SPELLINGS: dict[str, tuple[str, ...]] = {
    "id": ("id", "membership id", "membership", "citynet id"),
    "city": (
        *("city", "city name", "cities", "name of city", "name of the city", "member city"),
        *("municipality", "local government", "local authority", "town", "member", "members"),
        *("member name", "ville", "commune", "municipalité", "collectivité", "stadt", "gemeinde"),
        *("kommune", "ort", "mitglied", "ciudad", "municipio", "ayuntamiento", "cidade"),
        *("município", "città", "comune", "stad", "gemeente", "miasto", "gmina", "şehir"),
        *("belediye", "город", "місто", "都市", "市", "市名", "城市", "도시", "مدينة", "πόλη"),
    ),
    "country": (
        *("country", "country name", "country code", "iso", "iso2", "iso3", "iso code", "nation"),
        *("pays", "code pays", "land", "staat", "länderkürzel", "país", "paese", "nazione"),
        *("kraj", "ülke", "страна", "країна", "国", "国名", "国家", "국가", "بلد", "χώρα"),
    ),
    "division": (
        *("admin1", "admin1 name", "division", "state", "province", "region", "county"),
        *("state or province", "state province", "région", "bundesland", "kanton", "canton"),
        *("provincia", "estado", "comunidad autónoma", "regione", "prefecture", "oblast"),
        *("область", "都道府県", "省", "département", "department", "fylke", "län", "provincie"),
    ),
    "network": (
        *("network", "network name", "networks", "name of network", "name of the network"),
        *("organisation", "organization", "acronym", "association", "réseau", "netzwerk"),
        *("red", "rede", "rete", "netwerk", "nettverk", "nätverk", "sieć", "сеть", "网络"),
    ),
    "role": ("role", "membership type", "type of membership", "rôle", "rolle", "rol", "ruolo"),
    "founder": ("founder", "founding member", "founder member", "fondateur", "gründungsmitglied"),
    "joined": (
        *("joined", "joined in", "since", "member since", "year joined", "joining year"),
        *("date joined", "year of joining", "date of joining", "joining date", "join date"),
        *("membership since", "start", "start date", "start year", "from", "year of accession"),
        *("depuis", "membre depuis", "adhésion", "année d'adhésion", "date d'adhésion"),
        *("mitglied seit", "seit", "beitritt", "beitrittsjahr", "desde", "miembro desde"),
        *("año de ingreso", "membro dal", "dal", "lid sinds", "sinds", "medlem siden"),
    ),
    "left": (
        *("left", "until", "left in", "year left", "date left", "to", "end", "end date"),
        *("end year", "member until", "jusqu'à", "jusque", "bis", "mitglied bis", "austritt"),
        *("hasta", "fino al", "tot"),
    ),
    "ended": ("ended", "has left", "former", "former member", "ancien membre", "ehemalig"),
    "source": (
        *("source", "source link", "source url", "link", "url", "website of source", "web page"),
        *("quelle", "fuente", "fonte", "lien", "bron", "kilde", "källa", "lenke"),
    ),
    "source_year": ("source year", "year of source", "year of the source"),
}
"""The spellings by meaning. A name means what it says whatever its case, accents and signs."""

NAMES = {fold(spelling): meaning for meaning, known in SPELLINGS.items() for spelling in known}


@dataclass(frozen=True)
class Columns:
    """At which place of a row each recognised column stands, and the names of the others."""

    places: dict[str, int]
    ignored: list[str]


def recognise(header: list[str], *, needed: str, column: str = "file") -> Columns:
    """Return what the columns mean; ``needed`` (city or network) must be among them.

    Raises ``Refused`` where a needed column is missing or a meaning stands twice.
    """
    places: dict[str, int] = {}
    ignored = []
    for place, name in enumerate(header):
        meaning = NAMES.get(fold(name.replace("_", " ")))
        if meaning is None:
            if name:
                ignored.append(name)
        elif meaning in places:
            raise Refused(
                _(
                    "The columns “%(first)s” and “%(second)s” would mean the same (%(meaning)s). "
                    "Keep one of them."
                )
                % {"first": header[places[meaning]], "second": name, "meaning": meaning},
                column=column,
            )
        else:
            places[meaning] = place
    if needed not in places:
        raise Refused(_missing(needed, header), column=column)
    return Columns(places, ignored)


def _missing(needed: str, header: list[str]) -> str:
    found = ", ".join(f"“{name[:40]}”" for name in header[:12] if name)
    if needed == "city":
        said = _("No column names the city. Write “city” above it in the first row.")
    else:
        said = _("No column names the network. Write “network” above it in the first row.")
    return " ".join((said, _("The first row holds:"), found))
