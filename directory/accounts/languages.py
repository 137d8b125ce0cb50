"""The language in front of an address: ``/fr/networks/`` is ``/networks/`` in French.

What an address is — private, counted, for editors — never depends on its language.
"""

from django.conf import settings


def language_of(path: str) -> str:
    """Return the language that a path begins with, the site's own where it begins with none."""
    first = path[1:].partition("/")[0]
    return first if first in _others() and path.startswith(f"/{first}/") else settings.LANGUAGE_CODE


def without_language(path: str) -> str:
    """Return a path as it is in the site's own language."""
    language = language_of(path)
    return path if language == settings.LANGUAGE_CODE else path.removeprefix(f"/{language}")


def in_language(path: str, language: str) -> str:
    """Return the path of the same page in another language."""
    path = without_language(path)
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def _others() -> set[str]:
    return {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
