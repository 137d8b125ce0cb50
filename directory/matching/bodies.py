"""Words that say which body a name is of: a town hall to leave out, or no town at all."""

import re

from directory.models.text import fold

# Before the name, in the folded form of directory.models.text.
BEFORE = (
    *("city of", "the city of", "municipality of", "town of", "metropolitan municipality"),
    *("city and county of", "city county of", "district of", "borough of", "city council of"),
    *("royal borough of", "london borough of", "metropolitan borough of", "village of"),
    *("local municipality of", "metropolitan municipality of", "local government of"),
    *(
        "township of",
        "commune of",
        "state city",
        "capital city of",
        "mayor of",
        "city municipality",
    ),
    *("municipalite de", "municipalite d", "municipalite du", "commune urbaine de"),
    *("commune urbaine d", "district de", "district autonome de", "ville et eurometropole de"),
    *("ville de", "ville d", "ville du", "ville des", "la ville de", "mairie de", "mairie d"),
    *("mairie du", "mairie des", "commune de", "commune d", "commune du", "commune des"),
    *("communaute urbaine de", "ville et commune de", "commune de la", "ville de la"),
    *("stadt", "landeshauptstadt", "gemeinde", "hansestadt", "freie und hansestadt"),
    *("universitatsstadt", "universitats und hansestadt", "hanse und universitatsstadt"),
    *("universitatsstadt der", "kreisstadt"),
    *("grosse kreisstadt", "marktgemeinde", "stadtgemeinde", "markt", "stadtverwaltung"),
    *("bundesstadt", "klingenstadt", "wissenschaftsstadt", "lutherstadt", "documenta stadt"),
    *("ortsgemeinde", "samtgemeinde", "statutarstadt", "einwohnergemeinde", "politische gemeinde"),
    *("fontanestadt", "barlachstadt", "reuterstadt", "hochschulstadt", "barockstadt"),
    *("comune di", "citta di", "comune d", "citta d", "citta della", "citta dell"),
    *("comune de", "municipio di", "comune della", "comune del", "comune dell", "citta del"),
    *("ayuntamiento de", "municipio de", "municipalidad de", "ciudad de", "alcaldia de"),
    *("ayuntamiento del", "ayuntamiento de la", "excmo ayuntamiento de", "ajuntament d"),
    *("h ayuntamiento de", "honorable ayuntamiento de", "gobierno de la ciudad de"),
    *("alcaldia mayor de", "alcaldia distrital de", "municipalidad metropolitana de"),
    *("excelentisimo ayuntamiento de", "villa de", "concejo de", "gobierno municipal de"),
    *("alcaldia municipal de", "municipalidad distrital de", "municipalidad provincial de"),
    *("intendencia de", "gobierno autonomo municipal de", "gad municipal de", "ilustre"),
    *("ilustre municipalidad de", "i municipalidad de", "distrito metropolitano de"),
    *("concello de", "concello da", "concello do", "concello d", "concello das", "concello dos"),
    *("ajuntament de", "ajuntament del", "ajuntament dels", "ajuntament de la", "ajuntament de l"),
    *("municipi de", "ayuntamiento d", "udala", "ayto de", "ayto", "aj de"),
    *("municipio do", "municipio da", "municipio dos", "municipio das", "municipio del"),
    *("prefeitura de", "prefeitura municipal de", "cidade de", "camara municipal"),
    *("conselho municipal de", "conselho municipal da", "conselho municipal do"),
    *("prefeitura do", "prefeitura da", "prefeitura municipal do", "prefeitura municipal da"),
    *("camara municipal de", "camara municipal do", "camara municipal da", "cidade do"),
    *("camara municipal dos", "camara municipal das", "cm de", "cm", "concelho de"),
    *("gemeente", "stad", "ville", "de stad", "gemeentebestuur", "stadsbestuur"),
    *("miasto", "gmina", "urzad miasta", "grad", "opcina", "mesto", "obec", "statutarni mesto"),
    *("urzad gminy", "gmina miejska", "miasto i gmina", "gmina i miasto", "urzad miejski w"),
    *("urzad miejski", "miasto stoleczne", "m st", "urzad miasta i gminy", "gmina miasto"),
    *("mestska cast", "mestys", "magistrat mesta", "hlavni mesto", "hlavne mesto", "mestska obec"),
    *("obcina", "mestna obcina", "opstina", "grad skopje opstina", "bashkia", "komuna", "komuna e"),
    *("bashkia e", "municipiul", "comuna", "primaria", "orasul", "oras", "primaria municipiului"),
    *("primaria orasului", "primaria comunei", "comuna de", "consiliul local", "unitatea"),
    *("comuna urbana", "satul", "sector", "orasul de"),
    *("obshtina", "obstina", "dimos", "kommune", "kommun", "kaupunki", "linn", "vald"),
    *("община", "општина", "град", "столична община", "город", "г", "місто", "м", "гмина"),
    *("городской округ", "муниципальное образование", "громада", "міська рада", "горад", "с"),
    *("село", "смт", "пгт", "поселок", "администрация города", "муниципалитет"),
    *("δημος", "κοινοτητα", "δ", "ο δημος", "δημοτικη κοινοτητα", "δημοσ"),
    *("ქალაქი", "ქ", "მუნიციპალიტეტი", "քաղաք"),
    *("مدينة", "بلدية", "امانة", "محافظة مدينة", "عيريت", "עיריית", "העיר", "מועצה מקומית"),
    *("thanh pho", "tp", "kota", "kabupaten kota", "bandar", "bandaraya", "majlis bandaraya"),
    *("lungsod ng", "bayan ng", "jiji la", "manispaa ya", "gorod", "misto", "shahr e"),
)
AFTER = (
    *("city", "municipality", "metropolitan municipality", "city council", "town", "town council"),
    *("metropolitan city", "special city", "metropolitan government", "municipal council"),
    *("borough council", "district council", "county council", "council", "district"),
    *("city municipality", "local council", "city administration", "municipal corporation"),
    *("municipal district", "municipal assembly", "metropolitan assembly", "local municipality"),
    *("city government", "capital city authority", "metropolitan administration", "ville"),
    *("ciudad", "d c", "city county", "capitale"),
    *("city hall", "capital city", "commune", "parish council", "community council", "township"),
    *("hromada", "city territorial community", "territorial community", "nagar nigam"),
    *("kommune", "kommun", "stad", "buyuksehir belediyesi", "belediyesi", "kaupunki", "si"),
    *("kunta", "linn", "linnavalitsus", "vald", "vallavalitsus", "stadsdel", "belediye"),
    *("stadt", "gemeinde", "gemeente", "dimos", "grad", "opcina", "obshtina", "city corporation"),
    *("municipality council", "metropolitan council", "udala", "udaletxea", "miasto"),
    *("miesto savivaldybe", "rajono savivaldybe", "savivaldybe", "pilseta", "pilsetas dome"),
    *("novads", "novada dome", "valstspilseta", "onkormanyzata", "varos onkormanyzata", "varos"),
    *("megyei jogu varos", "megyei jogu varos onkormanyzata", "kozseg onkormanyzata", "kozseg"),
    *("fovaros onkormanyzata", "nagykozseg", "ayuntamiento", "baer", "borg"),
    *("город", "муниципалитет", "муниципалитети", "მუნიციპალიტეტი", "ქალაქი", "քաղաք", "місто"),
    *("міська громада", "міська рада", "городской округ", "нагар", "נפה"),
)
AFTER_WITHOUT_SPACE = ("市", "시", "都", "町", "村", "区", "區", "县", "縣", "군", "구", "府")
# Suffixes that put the name before them into the genitive: Stockholms stad, Københavns Kommune.
GENITIVE_AFTER = frozenset(
    {"kommune", "kommun", "stad", "kaupunki", "kunta", "linn", "vald", "linnavalitsus"}
)
# Towns by law, though the words for something larger stand in them.
TOWN = re.compile(r"^city (?:and )?county of\b|\bcity county$")
# What the name of a body that is no town holds, in any place.
NO_TOWN = re.compile(
    r"\b(?:communaute|agglomeration|metropole|intercommunalite|pays|regione?|region|provincia"
    r"|province|provincie|county|landkreis|kreis|bezirk|departement|departamento|diputacion"
    r"|diputacio|mancomunidad|mancomunitat|comarca|comarcal|consell|unione|union|unio"
    r"|comunita montana|association|associazione|asociacion|verband|verbandsgemeinde|powiat"
    r"|zwiazek|kraj|zupanija|judet|judetul|oblast|oblast|область|област|обл|район|περιφερεια"
    r"|comunidade|intermunicipal|consorzio|consorcio|conseil departemental|conseil regional"
    r"|metropolregion|metropolitan area|area metropolitana|university|universitat|cabildo"
    r"|federation|confederation|ministry|development agency|energy agency|agenzia|agencia"
    r"|megye|maakunta|regional council|lan|fylkeskommune|landsting|il ozel idaresi|partnership"
    r"|mikroregion|microregion|network|regija|statistical region|mancommunity|syndicat"
    r"|syndicat mixte|cdc|ccpays|comunitat|combined authority|governorate|prefecture|hromada"
    r"|citta metropolitana|metropolitan city of|greater"
    r"|kistersegi|tarsulas|leader|lag|gal|group|groupement|grouping|raion|raionul|rajon|rajono"
    r")\b"
)


def names_no_town(key: str) -> bool:
    """Return whether the words speak of a body that is larger, smaller or other than a town."""
    return NO_TOWN.search(TOWN.sub("", key)) is not None


def seat_of(key: str) -> str:
    """Return the name that such a body may be called after, empty where none is to be seen.

    >>> seat_of("communaute de communes de reims")
    'reims'
    """
    found = list(NO_TOWN.finditer(key))
    if not found:
        return ""
    before, after = key[: found[-1].start()].split(), key[found[-1].end() :].split()
    links = [place for place, word in enumerate(after) if word in LINKS]
    return " ".join(after[links[-1] + 1 :] if links else after or before)


LINKS = frozenset(
    (
        *("de", "d", "du", "des", "la", "le", "of", "di", "del", "della", "dell", "do", "da"),
        *("von", "der", "den", "van", "the"),
    )
)


def without_body(key: str) -> list[str]:
    """Return the name without the words that say which body it is, the shortest first."""
    found = []
    for words in _leading(key):
        name = key[len(words) + 1 :]
        found.append(name)
        found += _out_of_contraction(name, words)
    for base in [key, *found]:
        for words in _trailing(base):
            name = base[: -len(words) - 1]
            found.append(name)
            found += _out_of_genitive(name, words)
    found += [
        key.removesuffix(sign)
        for sign in AFTER_WITHOUT_SPACE
        if key.endswith(sign) and len(key) > len(sign) + 1
    ]
    return sorted({name for name in found if name}, key=lambda name: (len(name), name))


LONGEST_WORDS = 5
# Folded, since й and ς are letters that folding changes.
_BEFORE, _AFTER = frozenset(map(fold, BEFORE)), frozenset(map(fold, AFTER))


def names_a_body(key: str) -> bool:
    """Return whether the words only say which body is meant: "Eindhoven (gemeente)"."""
    return key in _BEFORE or key in _AFTER


def _leading(key: str) -> list[str]:
    words = key.split(" ", LONGEST_WORDS)
    heads = [" ".join(words[:count]) for count in range(1, len(words))]
    return [head for head in heads if head in _BEFORE]


def _trailing(key: str) -> list[str]:
    words = key.rsplit(" ", LONGEST_WORDS)
    tails = [" ".join(words[count:]) for count in range(1, len(words))]
    return [tail for tail in tails if tail in _AFTER]


# Articles that have run into the word before them: "Ville du Mans" is Le Mans.
ARTICLES_IN = {
    "du": ("le ",),
    "des": ("les ",),
    "del": ("el ", "il "),
    "dels": ("els ",),
    "della": ("la ",),
    "dell": ("l",),
    "da": ("a ",),
    "do": ("o ",),
    "das": ("as ",),
    "dos": ("os ",),
}


def _out_of_contraction(name: str, body: str) -> list[str]:
    return [article + name for article in ARTICLES_IN.get(body.rpartition(" ")[2], ())]


def _out_of_genitive(name: str, body: str) -> list[str]:
    if body not in GENITIVE_AFTER or len(name) < 4:
        return []
    if name.endswith("s"):
        return [name[:-1]]
    if name.endswith("n"):
        return [name[:-1]]
    return [name[:-1]] if name.endswith("a") and body in {"linn", "vald"} else []
