"""The pages of the data tell how to take them away, in lines that work as they stand."""

import html
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial

import duckdb
import pytest

from directory.downloads.columns import COLUMN_SETS
from directory.insights.centralities import CENTRALITY_COLUMNS
from directory.models.tables import TABLES
from directory.releases.publishing import _list
from directory.web.recipes import recipes
from tests.factories import make_release

pytestmark = pytest.mark.django_db


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/data/releases/2026-11-28.r2"))

    def log_message(self, *args):
        pass


@pytest.fixture
def lines(client, frozen, settings):
    """The lines of the page of a release whose files are served, by their anchor."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=frozen.folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"
    _list(frozen)
    page = client.get("/data/").content.decode()
    found = re.findall(r'<code id="recipe-([a-z-]+)">(.*?)</code>', page, re.DOTALL)
    yield {anchor: html.unescape(text) for anchor, text in found}
    server.shutdown()
    server.server_close()


def run(command, folder, text=None):
    done = subprocess.run(
        command, cwd=folder, input=text, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_recipe_is_on_the_page_and_tested_here(lines):
    assert lines.keys() == {recipe.anchor for recipe in recipes("")}
    assert lines.keys() == {"curl", "pandas", "r", "duckdb-files", "duckdb", "sqlite"}


def test_on_a_command_line_the_package_comes_and_is_whole(lines, tmp_path):
    assert run(["bash", "-e"], tmp_path, lines["curl"]) == "citynet.zip: OK\n"


@pytest.mark.slow
def test_in_pandas_namibia_is_there(lines, tmp_path):
    assert "windhoek-na" in run([sys.executable, "-"], tmp_path, lines["pandas"])


@pytest.mark.skipif(
    not (shutil.which("Rscript") or os.environ.get("CI")), reason="R is not installed"
)
def test_in_r_namibia_is_there(lines, tmp_path):
    (tmp_path / "lines.R").write_text(lines["r"])
    assert "windhoek-na" in run(["Rscript", "lines.R"], tmp_path)


def test_in_duckdb_the_parquet_files_are_joined(lines, tmp_path, monkeypatch):
    run(["bash", "-e"], tmp_path, lines["duckdb-files"])
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        rows = connection.execute(lines["duckdb"]).fetchall()
    assert len(rows) == 10
    assert rows[0][1] >= rows[-1][1] > 10


def test_in_sqlite_the_focus_areas_are_counted(lines, tmp_path):
    rows = run(["bash", "-e"], tmp_path, lines["sqlite"]).splitlines()
    assert len(rows) == 10
    assert all(re.fullmatch(r"[a-z-]+\|[0-9]+", row) for row in rows)


def test_without_a_release_the_page_says_so(client):
    page = client.get("/data/").content.decode()
    assert "There is no release yet" in page
    assert "recipe-" not in page
    assert "There is no release yet" in client.get("/data/releases/").content.decode()


def test_releases_are_listed_newest_first(client):
    make_release("2026-11-01.r2")
    make_release("2026-11-20.r7")
    page = client.get("/data/releases/").content.decode()
    assert page.index("2026-11-20.r7") < page.index("2026-11-01.r2")


def test_a_release_shows_every_file_with_its_sum(client):
    release = make_release()
    page = client.get(release.get_absolute_url()).content.decode()
    for file in release.files.all():
        assert f'href="{file.get_absolute_url()}"' in page
        assert file.sha256 in page


def test_a_release_says_how_it_is_cited_and_that_it_has_no_doi(client):
    page = html.unescape(client.get(make_release().get_absolute_url()).content.decode())
    assert "@misc{citynet-2026-11-01.r2," in page
    assert "TY  - DATA" in page
    assert "has no DOI" in page


def test_a_release_leads_to_the_one_before_and_the_one_after(client):
    first = make_release("2026-11-01.r2")
    changes = {"cities": {"added": 3, "changed": 0, "removed": 1}}
    second = make_release("2026-11-20.r7", before=first, changes=changes)
    page = client.get(second.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    assert re.search(r"cities</th><td[^>]*>3</td><td[^>]*>0</td><td[^>]*>1<", page)
    assert "There is a later release" in client.get(first.get_absolute_url()).content.decode()


def test_the_dictionary_has_an_anchor_for_every_column_and_value(client):
    page = client.get("/data/dictionary/").content.decode()
    for table in TABLES.values():
        assert f'<h2 id="{table.name}">' in page
        for column in table.columns:
            assert f'<div id="{table.name}-{column.name}">' in page
            for value in column.allowed:
                assert f"<code>{value}</code>" in page


def test_the_dictionary_knows_every_column_that_is_in_downloads_only(client):
    page = client.get("/data/dictionary/").content.decode()
    for column_set in COLUMN_SETS.values():
        for name in column_set.by_name:
            assert page.count(f'<div id="{column_set.table.name}-{name}">') == 1
    assert page.count(">In downloads only<") == sum(
        bool(column_set.beside) for column_set in COLUMN_SETS.values()
    )
    assert "<code>possible</code>" in page


def test_the_dictionary_knows_every_column_of_the_centralities(client):
    page = client.get("/data/dictionary/").content.decode()
    assert '<h2 id="centralities">' in page
    for column in CENTRALITY_COLUMNS:
        assert f'<div id="centralities-{column.name}">' in page


def test_the_dictionary_says_what_values_mean_and_refers_on(client):
    page = html.unescape(client.get("/data/dictionary/").content.decode())
    assert "<code>invitation</code>: by invitation" in page
    assert 'an id of <a href="#cities">cities</a>' in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
