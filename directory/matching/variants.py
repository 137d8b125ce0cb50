"""Other spellings of a written name: abbreviations in full, letters of one alphabet in another."""

from itertools import islice, product

from directory.models.text import fold

# What an abbreviated word may stand for, the likeliest first.
IN_FULL = {
    "st": ("saint", "sankt", "sint"),
    "ste": ("sainte",),
    "sta": ("santa",),
    "sto": ("santo",),
    "sv": ("sveti", "svaty"),
    "s": ("san", "santa", "santo", "sao", "sankt", "sant", "sveti"),
    "sn": ("san",),
    "ss": ("santissima", "santi"),
    "mt": ("mount", "mont", "monte"),
    "ft": ("fort",),
    "pto": ("puerto", "porto"),
    "vva": ("villanueva",),
    "vila": ("vila",),
    "gr": ("gross", "grand", "groot"),
    "kl": ("klein",),
    "b": ("bei",),
    "ob": ("ob der",),
    "n": ("nad", "novo", "nova", "nea"),
    "p": ("pod",),
    "ag": ("agios", "agia", "agioi"),
    "av": ("avlija",),
    "nsra": ("nossa senhora", "nuestra senora"),
    "na sra": ("nossa senhora", "nuestra senora"),
    "dr": ("doctor",),
    "gen": ("general",),
    "cnel": ("coronel",),
    "αγ": ("αγιοσ", "αγια", "αγιοι"),
    "св": ("свети", "света"),
}
# The short forms that people also write of full ones.
SHORT = {
    "saint": ("st", "sankt", "sint"),
    "sainte": ("ste",),
    "sankt": ("st",),
    "sint": ("st",),
    "mount": ("mt",),
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
CONTRACTIONS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
MOST_VARIANTS = 12
MOST_WORDS = 12


def variants(key: str, written: str = "") -> dict[str, float]:
    """Return other keys that the name may be found by, each with its doubt.

    ``written`` is the name before it was folded, whose umlauts may be written out.
    """
    found: dict[str, float] = {}
    if written and not written.isascii():
        found[fold(written.casefold().translate(UMLAUTS))] = 0.01
    for words in islice(_words_in_full(key), MOST_VARIANTS):
        found.setdefault(words, 0.02)
    for pair, letter in CONTRACTIONS:
        if pair in key:
            found.setdefault(key.replace(pair, letter), 0.12)
    for name in _nominatives(key):
        found.setdefault(name, 0.03)
    found.pop(key, None)
    return found


def _words_in_full(key: str):
    words = key.split(" ")
    if len(words) > MOST_WORDS:
        return
    choices = [IN_FULL.get(word) or SHORT.get(word) for word in words]
    # A last single letter is a qualifier ("i a"), which abbreviated.py reads.
    if not any(choices):
        return
    options = [(word, *(more or ())) for word, more in zip(words, choices, strict=True)]
    for chosen in product(*options):
        yield " ".join(chosen)


# Endings of Greek genitives, as in «Δήμος Θεσσαλονίκης», and what may stand in their place.
GREEK_GENITIVES = {
    "ησ": ("η",),
    "ασ": ("α",),
    "ου": ("οσ", "ο", "ι"),
    "ων": ("α", "οι", "εσ", "αι"),
    "εων": ("εισ", "α"),
    "αιων": ("α",),
}


def _nominatives(key: str) -> list[str]:
    """Return what a Greek name in the genitive may be called."""
    if not key or not "α" <= key[-1] <= "ω" or len(key) < 5:
        return []
    return [
        key.removesuffix(ending) + nominative
        for ending, nominatives in GREEK_GENITIVES.items()
        if key.endswith(ending)
        for nominative in nominatives
    ]
