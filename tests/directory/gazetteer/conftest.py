import pytest

from directory.history import change_set
from directory.models import City, Country, Region
from directory.models.choices import Origin
from tests.directory.gazetteer.places import GHENT


@pytest.fixture
def city_in_ghent(db):
    """A city that is linked to the place GHENT, loaded or not."""
    with change_set(origin=Origin.COMMAND, reason="A city for a test"):
        region = Region(slug="europe", name="Europe")
        region.save()
        country = Country(code="BE", iso3="BEL", name="Belgium", region=region)
        country.save()
        city = City(
            slug="ghent-be",
            name="Ghent",
            country=country,
            latitude=51.05,
            longitude=3.72,
            place_id=GHENT.geonameid,
        )
        city.save()
    return city
