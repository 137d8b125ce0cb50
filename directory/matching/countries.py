"""Countries as people write them: codes, names, and names in the world's languages (CLDR)."""

from functools import lru_cache

from babel import Locale

from directory.models import Country
from directory.models.text import fold

LANGUAGES = (
    *("ar", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr"),
    *("gl", "he", "hi", "hr", "hu", "id", "is", "it", "ja", "ka", "ko", "lt", "lv", "mk", "ms"),
    *("nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tr", "uk", "vi"),
    *("zh", "zh_Hant"),
)
# Called countries, and divisions of one.
PARTS = frozenset({"england", "scotland", "wales", "northern ireland"})
# Whose towns may be written under the code of the state that they belong to.
TERRITORIES = {
    "AU": frozenset({"CC", "CX", "NF"}),
    "CN": frozenset({"HK", "MO"}),
    "DK": frozenset({"FO", "GL"}),
    "FI": frozenset({"AX"}),
    "FR": frozenset({"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"}),
    "GB": frozenset({"AI", "BM", "FK", "GG", "GI", "IM", "IO", "JE", "KY", "MS", "SH", "TC", "VG"}),
    "NL": frozenset({"AW", "BQ", "CW", "SX"}),
    "NO": frozenset({"SJ"}),
    "NZ": frozenset({"CK", "NU", "TK"}),
    "US": frozenset({"AS", "GU", "MP", "PR", "VI"}),
}
# What CLDR does not say.
MORE = {
    "AE": ("uae", "emirates"),
    "CD": ("drc", "dr congo", "congo kinshasa"),
    "CG": ("congo brazzaville", "republic of congo"),
    "CZ": ("czech republic",),
    "GR": ("el",),
    "GB": ("uk", "great britain", *PARTS),
    "KR": ("korea", "south korea", "republic of korea"),
    "NL": ("holland", "the netherlands"),
    "RU": ("russian federation",),
    "TR": ("turkey", "turkiye"),
    "US": ("usa", "u s a", "u s", "united states of america", "america"),
    "VN": ("viet nam",),
    "CI": ("ivory coast",),
    "PS": ("palestine",),
    "TW": ("taiwan",),
    "MK": ("macedonia", "north macedonia"),
    "XK": ("kosovo",),
}


class Countries:
    """The codes of countries by what people write for them."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._known: set[str] = set()
        for code, iso3, name in Country.objects.values_list("code", "iso3", "name"):
            self._known.add(code)
            self._codes |= {fold(code): code, fold(iso3): code, fold(name): code}
        for code, names in MORE.items():
            self._codes |= {fold(name): code for name in names if code in self._known}

    def code_of(self, written: str) -> str | None:
        """Return the code of a country, or None where it is no country that we know."""
        key = fold(written)
        return self._codes.get(key) or self._in_languages(key)

    def _in_languages(self, key: str) -> str | None:
        code = names_in_languages().get(key)
        return code if code in self._known else None


@lru_cache(maxsize=1)
def names_in_languages() -> dict[str, str]:
    """Return the codes of countries by their folded names; read once, when first needed."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(fold(name), code)
    return found
