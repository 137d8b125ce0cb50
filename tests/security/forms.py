"""Every form of the site: the views that take one, and the fields that its page really has."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import URLPattern, get_resolver


def posted_views(resolver: Any = None, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """Yield name and address of every view beside the API that does not refuse to be posted to."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern).removeprefix("^")
        if not isinstance(pattern, URLPattern):
            yield from posted_views(pattern, address)
        elif not address.startswith("/api/") and "POST" in methods_of(pattern.callback):
            yield str(pattern.name), address


def methods_of(view: Any) -> set[str]:
    """Return what a view says it answers; a view that says nothing answers everything."""
    if hasattr(view, "view_class"):
        return {name.upper() for name in ("get", "post") if hasattr(view.view_class, name)}
    found = {"GET", "POST"}
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            found &= set(view.__closure__[names.index("request_method_list")].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return found


class Forms(HTMLParser):
    """The forms of a page that are posted: address, and what a browser would send unchanged."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: dict[str, dict[str, list[str]]] = {}
        self._fields: dict[str, list[str]] | None = None
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(given)
        if self._fields is None:
            return
        name = given.get("name", "")
        if tag == "option" and self._select:
            # What a person would have chosen, rather than "Choose one".
            if "selected" in given or not any(self._fields[self._select]):
                self._fields[self._select] = [given.get("value", "")]
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag in ("input", "button"):
            self._input(name, given)
        elif tag in ("select", "textarea"):
            self._fields[name] = [] if tag == "select" else [""]
            self._select, self._area = (name, "") if tag == "select" else ("", name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag in ("select", "textarea"):
            self._select = self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._fields is not None:
            self._fields[self._area][0] += data

    def _begin(self, given: dict[str, str]) -> None:
        if given.get("method", "get").lower() != "post":
            return
        parts = urlsplit(urldefrag(urljoin(self.address, given.get("action", "")))[0])
        self._fields = self.found.setdefault(parts.path, {})

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        is_choice = kind in ("checkbox", "radio")
        known = self._fields.setdefault(name, [])
        if not is_choice or "checked" in given or (kind == "radio" and not known):
            self._fields[name] = [given.get("value", "on" if is_choice else "")]
