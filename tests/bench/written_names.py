"""Names as people write them into lists, made from the gazetteer's own: what is meant is known."""

import random
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from directory.models import Place

EUROPE = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT"),
    *("LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "GB", "NO", "CH"),
    *("IS", "AL", "BA", "ME", "MK", "RS", "XK", "UA", "MD", "TR", "GE", "AM"),
)
BODIES = {
    "IT": ("Comune di {}", "Città di {}", "{} (Comune)"),
    "ES": ("Ayuntamiento de {}", "Ajuntament de {}", "Concello de {}", "Municipio de {}"),
    "FR": ("Ville de {}", "Commune de {}", "Mairie de {}"),
    "DE": ("Stadt {}", "Gemeinde {}", "Landeshauptstadt {}"),
    "AT": ("Gemeinde {}", "Marktgemeinde {}", "Stadtgemeinde {}"),
    "PT": ("Município de {}", "Câmara Municipal de {}"),
    "NL": ("Gemeente {}",),
    "BE": ("Gemeente {}", "Commune de {}", "Stad {}"),
    "PL": ("Gmina {}", "Urząd Miasta {}", "Miasto {}"),
    "CZ": ("Město {}", "Obec {}"),
    "SK": ("Mesto {}", "Obec {}"),
    "HR": ("Grad {}", "Općina {}"),
    "SI": ("Občina {}", "Mestna občina {}"),
    "RO": ("Comuna {}", "Primăria {}", "Municipiul {}"),
    "BG": ("Община {}", "Obshtina {}", "{} Municipality"),
    "GR": ("Δήμος {}", "Municipality of {}", "Dimos {}"),
    "SE": ("{} kommun", "{}s kommun"),
    "NO": ("{} kommune",),
    "DK": ("{} Kommune", "{}s Kommune"),
    "FI": ("{} kaupunki", "City of {}"),
    "GB": ("{} City Council", "{} Town Council", "City of {}"),
}
ANY_BODY = ("City of {}", "Municipality of {}", "{} Municipality", "Town of {}")
VARIETIES = {
    "own": 50,
    "other": 15,
    "body": 12,
    "upper": 5,
    "plain": 5,
    "typo": 5,
    "joined": 4,
    "division": 4,
}


class WrittenName(NamedTuple):
    """A name with its country, how it was made, and the place that it means."""

    name: str
    country: str
    variety: str
    place: int
    latitude: float
    longitude: float


def written_names(count: int, *, seed: int = 4) -> list[WrittenName]:
    """Return names of places of Europe, drawn by chance yet the same each time."""
    chance = random.Random(seed)
    ids = list(
        Place.objects.filter(country_code__in=EUROPE).order_by("pk").values_list("pk", flat=True)
    )
    drawn = sorted(chance.sample(ids, min(count, len(ids))))
    found: list[WrittenName] = []
    for start in range(0, len(drawn), 500):
        places = Place.objects.filter(pk__in=drawn[start : start + 500]).order_by("pk")
        for place in places.prefetch_related("names"):
            variety = chance.choices(list(VARIETIES), list(VARIETIES.values()))[0]
            name = _written(place, variety, chance)
            found.append(
                WrittenName(
                    name, place.country_code, variety, place.pk, place.latitude, place.longitude
                )
            )
    chance.shuffle(found)
    return found


def _written(place: Place, variety: str, chance: random.Random) -> str:
    name = place.name
    match variety:
        case "other":
            others = sorted(each.name for each in place.names.all() if len(each.name) > 3)
            return chance.choice(others) if others else name
        case "body":
            return chance.choice(BODIES.get(place.country_code, ANY_BODY)).format(name)
        case "upper":
            return name.upper()
        case "plain":
            marks = unicodedata.normalize("NFD", name)
            return "".join(each for each in marks if not unicodedata.combining(each))
        case "typo":
            return _mistyped(name, chance)
        case "joined":
            return re.sub("[ -]", lambda found: "- "[found[0] == "-"], name).replace("'", "’")
        case "division":
            return f"{name} ({place.admin1_name})" if place.admin1_name else name
    return name


def _mistyped(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(name) - 1))
    return chance.choice(list(_slips(name, place, chance)))


def _slips(name: str, place: int, chance: random.Random) -> Iterator[str]:
    before, after = name[:place], name[place:]
    yield before + after[1:]
    yield before + after[:1] + after
    yield before + chance.choice("aeiorstnl") + after[1:]
    yield before + after[1:2] + after[:1] + after[2:]
