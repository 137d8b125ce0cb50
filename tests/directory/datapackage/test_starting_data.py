"""The package in fixtures/ goes in and comes out the same, byte for byte."""

import pytest
from django.conf import settings

from directory.datapackage.exporting import export_package
from directory.datapackage.loading import load_package
from directory.history import current_revision
from directory.models import Membership, Statement
from directory.models.tables import TABLES
from tests.directory.datapackage.tiny import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

FIXTURES = settings.BASE_DIR / "fixtures"


def test_the_export_of_the_loaded_starting_data_is_the_package(tmp_path):
    export_package(tmp_path)
    expected = files(FIXTURES)
    assert files(tmp_path).keys() == expected.keys()
    for name, content in files(tmp_path).items():
        assert content == expected[name], name


def test_loading_the_starting_data_again_changes_nothing():
    revision = current_revision()
    report = load_package(FIXTURES)
    assert sum(table.changes for table in report.tables.values()) == 0
    assert {name: table.unchanged for name, table in report.tables.items()} == {
        name: TABLES[name].model._default_manager.count() for name in TABLES
    }
    assert current_revision() == revision


def test_each_starting_membership_rests_on_one_statement():
    assert Membership.objects.count() == Statement.objects.count() == 8613
    assert not Membership.objects.filter(statements=None).exists()
