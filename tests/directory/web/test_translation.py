"""Every word that a visitor reads can be translated: none stands bare in a template or a script."""

import re

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# Names, which are the same in every language.
NAMES = {
    *("CityNet", "GeoNames", "Wikidata", "curl", "python", "manage.py", "export_package", "GET"),
    *("UTC", "CSV", "JSON", "XLSX", "SHA", "citynet", "cn"),
}
TRANSLATED = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL
)
CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
READ_ALOUD = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-found)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")


def name(path):
    return str(path.relative_to(settings.BASE_DIR / "templates"))


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_bare_words(template):
    bare = CODE.sub(" ", TRANSLATED.sub(" ", template.read_text(encoding="utf-8")))
    spoken = " ".join(READ_ALOUD.findall(bare)) + " " + re.sub(r"<[^>]*>", " ", bare)
    words = {word for word in WORD.findall(spoken) if word not in NAMES and word != "nbsp"}
    assert not words
