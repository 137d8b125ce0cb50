"""Matching written names of cities: to listed cities and to places of the gazetteer."""

from directory.matching.asking import Candidate, FoundPlace, NameQuery, Result, UnknownCountries
from directory.matching.finding import MOST_CANDIDATES, match

__all__ = [
    "MOST_CANDIDATES",
    "Candidate",
    "FoundPlace",
    "NameQuery",
    "Result",
    "UnknownCountries",
    "match",
]
