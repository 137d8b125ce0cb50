"""Neighbours of a city or a network: who has most in common with it, their ties, and a drawing.

``finding`` says who they are and what ties them, ``radial`` where each stands on the drawing.
"""

from directory.insights.neighbours.finding import (
    Neighbour,
    Neighbourhood,
    Tie,
    cities_around,
    networks_around,
)
from directory.insights.neighbours.radial import RadialLayout

__all__ = [
    "Neighbour",
    "Neighbourhood",
    "RadialLayout",
    "Tie",
    "cities_around",
    "networks_around",
]
