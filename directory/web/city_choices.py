"""The choices that the form of the list of cities offers, in a sensible order."""

from dataclasses import dataclass

from directory.models import Country, FocusArea, Region
from directory.search.names import named
from directory.web.addresses import Address


@dataclass(frozen=True)
class Option:
    """One choice: what stands in the address, what the visitor reads, whether it is on."""

    value: str
    label: str
    selected: bool
    depth: int = 0


@dataclass(frozen=True)
class Choices:
    """The options of one list of the form; it takes several where the address has several."""

    options: list[Option]

    @property
    def several(self) -> bool:
        """Whether more than one option is on."""
        return sum(option.selected for option in self.options) > 1


def city_choices(address: Address) -> dict[str, Choices]:
    """Return the lists of the form by parameter."""
    countries = Country.objects.public().filter(cities__isnull=False).distinct()
    areas = FocusArea.objects.public().in_display_order()
    chosen = {name: set(address.values(name)) for name in ("country", "region", "focus_area")}
    codes = {code.upper() for code in chosen["country"]}
    return {
        "country": Choices(
            [
                Option(country.code, named(country), country.code in codes)
                for country in countries.order_by("name_key", "code")
            ]
        ),
        "region": Choices(
            [
                Option(region.slug, named(region), region.slug in chosen["region"], depth)
                for region, depth in _regions()
            ]
        ),
        "focus_area": Choices(
            [
                Option(
                    area.slug,
                    named(area),
                    area.slug in chosen["focus_area"],
                    int(bool(area.parent_id)),
                )
                for area in areas
            ]
        ),
    }


def _regions() -> list[tuple[Region, int]]:
    """Return continents by name, each followed by its parts, with their depth."""
    regions = list(Region.objects.public().exclude(parent=None).order_by("name_key", "slug"))
    world = set(Region.objects.public().filter(parent=None).values_list("pk", flat=True))
    found = []
    for continent in regions:
        if continent.parent_id in world:
            found.append((continent, 0))
            found += [(part, 1) for part in regions if part.parent_id == continent.pk]
    return found
