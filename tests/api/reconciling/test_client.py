"""An independent client (PyPI `reconciler`, for pandas) matches a table of ours over HTTP."""

import pandas
import pytest
from reconciler import reconcile, webutils

from tests.factories import make_city, make_network


@pytest.fixture(autouse=True)
def hung_up():
    """The client keeps its line open for ever, and with it a session of the database."""
    yield
    webutils.http.close()


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas, in the client
@pytest.mark.django_db(transaction=True)
def test_a_column_of_a_data_frame_is_matched(live_server):
    make_city("bergen-no", name="Bergen")
    make_city("mons-be", name="Mons", country="BE")
    make_network("eurocities", name="Eurocities")
    table = pandas.DataFrame({"city": ["Bergen", "Mons"], "country": ["Norge", "Belgique"]})
    found = reconcile(
        table["city"],
        type_id="City",
        property_mapping={"country": table["country"]},
        reconciliation_endpoint=f"{live_server.url}/api/reconcile",
    )
    assert list(found["input_value"]) == ["Bergen", "Mons"]
    assert list(found["id"]) == ["bergen-no", "mons-be"]
    assert list(found["type_id"]) == ["City", "City"]
    assert all(found["match"])
