"""Every file of a release opens, unaided, in the tools that researchers use."""

import csv
import datetime
import json
import sqlite3
from pathlib import Path

import duckdb
import duckdb_extension_sqlite_scanner
import networkx
import pandas as pd
import pytest
from frictionless import Package, Resource, system
from geojson_pydantic import FeatureCollection
from pyarrow import parquet

from directory.models.tables import TABLES

SQLITE_READER = next(
    Path(duckdb_extension_sqlite_scanner.__file__).parent.glob("extensions/*/*.duckdb_extension")
)
ROWS = {"networks": 497, "cities": 3539, "memberships": 8613, "statements": 8613, "labels": 1126}


@pytest.fixture(scope="module")
def rows(frozen):
    """The rows of all tables by name, as the JSON Lines say them."""
    return {
        name: [
            json.loads(line)
            for line in frozen.path(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        for name in TABLES
    }


@pytest.fixture
def database(frozen):
    connection = sqlite3.connect(f"file:{frozen.path('citynet.sqlite')}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["datapackage.json", "citynet.zip"])
def test_frictionless_finds_nothing_wrong(frozen, name):
    package = Package(str(frozen.path(name)))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])
    assert package.version == "2026-11-28.r2"
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks}.items() >= ROWS.items()


def test_frictionless_notices_a_table_that_is_cut_off(frozen, tmp_path):
    described = json.loads(frozen.path("datapackage.json").read_text(encoding="utf-8"))
    [funders] = [each for each in described["resources"] if each["name"] == "funders"]
    text = frozen.path("funders.csv").read_bytes()
    (tmp_path / "funders.csv").write_bytes(text[: text.rindex(b"\n", 0, -1) + 1])
    with system.use_context(trusted=True):
        report = Resource(funders, basepath=str(tmp_path)).validate()
    assert {error.type for error in report.tasks[0].errors} == {"hash-count", "byte-count"}


def test_what_is_not_known_is_null_in_json_lines(rows):
    [city] = [row for row in rows["cities"] if row["id"] == "barcelona-es"]
    assert city["ended"] is None
    assert city["successor"] is None
    assert city["population"] > 1_000_000


def test_parquet_holds_the_same_rows_with_types(frozen, rows):
    for name, table in TABLES.items():
        read = parquet.read_table(frozen.path(f"{name}.parquet"))
        assert read.column_names == table.column_names
        found = read.to_pylist()
        for row in found:
            for column, value in row.items():
                if isinstance(value, datetime.date):
                    row[column] = value.isoformat()
        assert found == rows[name]


def test_parquet_describes_its_columns(frozen):
    schema = parquet.read_schema(frozen.path("cities.parquet"))
    assert schema.field("population").metadata[b"description"].startswith(b"Number of inhabitants")
    assert str(schema.field("latitude").type) == "double"
    assert str(parquet.read_schema(frozen.path("statements.parquet")).field("made").type) == (
        "date32[day]"
    )


def test_sqlite_holds_the_same_rows(database, rows):
    for name, table in TABLES.items():
        lists = {column.name for column in table.columns if column.type == "list"}
        found = [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
        for row in found:
            row.update({column: json.loads(row[column]) for column in lists})
        assert found == rows[name]


def test_sqlite_has_keys_that_hold(database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    references = {
        (row["from"], row["table"])
        for row in database.execute("PRAGMA foreign_key_list(memberships)")
    }
    assert references == {("network", "networks"), ("city", "cities")}


def test_sqlite_finds_memberships_of_a_city_by_an_index(database):
    plan = database.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM memberships WHERE city = 'bergen-no'"
    ).fetchall()
    assert "USING INDEX memberships_by_city" in plan[0]["detail"]


def test_sqlite_links_lists_of_ids_in_their_order(database, rows):
    [network] = [row for row in rows["networks"] if row["slug"] == "eurocities"]
    found = database.execute(
        "SELECT focus_areas FROM networks_focus_areas WHERE networks_slug = 'eurocities' "
        "ORDER BY position"
    )
    assert [row[0] for row in found] == network["focus_areas"]


def test_sqlite_says_what_it_is(database):
    about = dict(database.execute("SELECT key, value FROM meta").fetchall())
    assert about["release"] == "2026-11-28.r2"
    assert about["rows of networks"] == "497"
    assert "CityNet contributors (2026)" in about["citation"]


def test_pandas_keeps_namibia(frozen):
    cities = pd.read_csv(frozen.path("cities.csv"), keep_default_na=False, na_values=[""])
    assert len(cities) == 3539
    assert "windhoek-na" in set(cities[cities["country"] == "NA"]["id"])
    assert cities["population"].dtype == "float64"
    assert len(pd.read_json(frozen.path("networks.jsonl"), lines=True)) == 497
    assert len(pd.read_parquet(frozen.path("statements.parquet"))) == 8613


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_duckdb_counts_the_rows_of_a_table(frozen, ending):
    path = frozen.path(f"memberships.{ending}")
    read = "read_json" if ending == "jsonl" else f"read_{ending}"
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT count(*), count(DISTINCT id) FROM {read}('{path}')")
        assert found.fetchone() == (8613, 8613)


def test_csv_is_read_by_the_plainest_of_readers(frozen):
    with frozen.path("countries.csv").open(encoding="utf-8", newline="") as file:
        assert "NA" in {row["code"] for row in csv.DictReader(file)}


def test_duckdb_joins_the_tables_of_the_sqlite_file(frozen):
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{SQLITE_READER}'")
        connection.execute(f"ATTACH '{frozen.path('citynet.sqlite')}' AS release (TYPE sqlite)")
        found = connection.execute(
            "SELECT count(*) FROM release.memberships m JOIN release.cities c ON m.city = c.id "
            "WHERE c.country = 'NO' AND m.founder"
        )
        assert found.fetchone()[0] > 0


def test_the_map_is_valid_geojson_with_every_city(frozen):
    collection = FeatureCollection.model_validate_json(frozen.path("cities.geojson").read_bytes())
    places = {feature.id: feature for feature in collection.features}
    assert len(places) == 3539
    # Longitude first.
    assert places["bergen-no"].geometry.coordinates[0] == pytest.approx(5.3, abs=0.1)
    assert places["windhoek-na"].properties["country"] == "NA"


@pytest.mark.parametrize(
    ("name", "nodes", "edges"),
    [("graph-two-mode", 3970, 8613), ("graph-cities", 3445, 23039), ("graph-networks", 413, 5857)],
)
def test_networkx_reads_each_graph_from_both_formats(frozen, name, nodes, edges):
    read = [
        networkx.read_graphml(frozen.path(f"{name}.graphml")),
        networkx.read_gexf(frozen.path(f"{name}.gexf"), version="1.3"),
    ]
    for graph in read:
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, edges)
        assert graph.nodes["city/bergen-no" if name != "graph-networks" else "network/eurocities"]
    if name != "graph-two-mode":
        assert min(weight for _one, _other, weight in read[0].edges(data="weight")) == 2


def test_every_node_of_the_current_graph_has_its_centralities(frozen):
    table = pd.read_csv(frozen.path("centralities.csv"), keep_default_na=False)
    assert len(table) == 3445 + 413
    assert table["id"].is_unique
    assert table.loc[table["kind"] == "city", "degree"].max() > 20
    assert table.equals(pd.read_parquet(frozen.path("centralities.parquet")).astype(table.dtypes))
