"""Parts of pages that are the same on many: rendered once in a process, then put in as they are."""

from collections.abc import Collection, Hashable
from threading import Lock

from cachetools import LRUCache
from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now
from django.utils.translation import get_language

from directory.history.validators import data_version

register = template.Library()

# Of each such part: languages times the values that it depends on.
MOST_KEPT = 2000


class FixedNode(template.Node):
    """A block that depends on nothing but the language and the values that it names."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._values = values
        self._rendered: LRUCache[Hashable, SafeString] = LRUCache(MOST_KEPT)
        self._lock = Lock()

    def render(self, context: template.Context) -> SafeString:
        named = (value.resolve(context, ignore_failures=True) for value in self._values)
        key = (get_language(), *self.state(), *named)
        with self._lock:
            rendered = self._rendered.get(key)
        if rendered is None:
            rendered = mark_safe(self.nodelist.render(context))  # noqa: S308 - escaped already
            with self._lock:
                self._rendered[key] = rendered
        return rendered

    def state(self) -> tuple[Hashable, ...]:
        """Return what else the block depends on."""
        return ()


class KeptNode(FixedNode):
    """A block that depends on some tables of the public data and on the day, too."""

    def __init__(
        self, nodelist: NodeList, values: list[FilterExpression], tables: Collection[str]
    ) -> None:
        super().__init__(nodelist, values)
        self._tables = tables

    def state(self) -> tuple[Hashable, ...]:
        return (data_version().of(self._tables), now().date())


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """Render a block once for each language: ``{% fixed %}…{% endfixed %}``.

    Nothing in it may come from the page's context but what is named: ``{% fixed offer.name %}``.
    """
    return FixedNode(*_parsed(parser, token))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Render a block of a public page once while some tables stand as they do.

    ``{% kept "networks labels" network.pk %}``: the tables that it shows anything of, and values by
    which records in it are told apart.
    """
    nodelist, (tables, *values) = _parsed(parser, token)
    return KeptNode(nodelist, values, str(tables).strip('"').split())


def _parsed(parser: Parser, token: Token) -> tuple[NodeList, list[FilterExpression]]:
    name, *bits = token.split_contents()
    values = [parser.compile_filter(bit) for bit in bits]
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return nodelist, values
