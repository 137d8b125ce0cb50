"""Addresses of lists: what stands after the question mark, and links that change one part of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True)
class Address:
    """A path and the parameters that its page knows; unknown and empty ones are left out."""

    path: str
    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, path: str, data: QueryDict, known: Iterable[str]) -> "Address":
        """Return the address of a request's data, its parameters in the order of ``known``."""
        kept = dict.fromkeys(
            (name, value.strip()) for name in known for value in data.getlist(name) if value.strip()
        )
        return cls(path, tuple(kept))

    def __str__(self) -> str:
        query = QueryDict(mutable=True)
        for name, value in self.parameters:
            query.appendlist(name, value)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def without(self, *names: str) -> "Address":
        """Return the address without these parameters."""
        return self._with(pair for pair in self.parameters if pair[0] not in names)

    def without_value(self, name: str, value: str) -> "Address":
        """Return the first page of the address without this one value."""
        kept = self.without("page").parameters
        return self._with(pair for pair in kept if pair != (name, value))

    def having(self, name: str, value: str) -> "Address":
        """Return the address with a parameter set to this one value."""
        return self._with([*self.without(name).parameters, (name, value)])

    def values(self, name: str) -> list[str]:
        """Return the values of a parameter."""
        return [value for parameter, value in self.parameters if parameter == name]

    def _with(self, parameters: Iterable[tuple[str, str]]) -> "Address":
        return Address(self.path, tuple(parameters))
