"""Whatever registration writes fits the data package: it can be exported and loaded again."""

import pytest

from directory.datapackage.exporting import export_package
from directory.datapackage.loading import load_package
from directory.registration import disputes, editing, memberships, merging, objections, queue
from tests.directory.registration.people import make_editor, make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


def test_what_people_wrote_passes_every_check_of_the_package(tmp_path):
    bergen, oslo = make_city("bergen-no"), make_city("oslo-no")
    north, south = make_network("north", name="North"), make_network("south", name="South")
    editor, kari, nils = make_editor(), make_staff(bergen), make_staff(north)
    said = memberships.add_membership(
        actor=nils, office=north, city=bergen, network=north, joined="2019"
    )
    objections.dispute(actor=kari, office=bergen, membership=said, reason="Never")
    item = queue.take(actor=editor, item=said.reviews.get())
    disputes.settle(actor=editor, item=item, says="not a member", reason="Minutes")
    denied = make_membership(south, bergen, joined="2010")
    objections.dispute(actor=kari, office=bergen, membership=denied, reason="Never")
    memberships.add_membership(
        actor=kari, office=bergen, city=bergen, network=south, joined="2020-05"
    )
    make_membership(south, oslo)
    make_membership(north, oslo, standing="confirmed")
    rename = {"actor": editor, "table": "networks", "reason": "Name"}
    editing.rename_record(record="south", new="southern", **rename)
    merging.merge_duplicates(kept="north", duplicate="southern", **rename)
    export_package(tmp_path / "package")
    report = load_package(tmp_path / "package")
    assert not any(table.added or table.updated for table in report.tables.values())
