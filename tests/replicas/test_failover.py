"""A site of two web processes behind nginx loses its standby, then its primary, and nothing else.

``make replicas`` runs it, and prints how much was written, lost and refused. The tests of this
module are the chapters of one story, in their order, on one cluster.
"""

import time
from collections.abc import Iterator

import pytest

from tests.replicas.cluster import Cluster, Server, binaries, wait_until
from tests.replicas.traffic import Readers, Writers, going_on
from tests.replicas.website import Website

READS = 30
NETWORKS = [f"network-{number}" for number in range(300)]
# One of each kind of what anyone may read.
KINDS = (
    *("/", "/networks/", "/networks/network-1/", "/networks/network-1/neighbours/"),
    *("/cities/", "/cities/bergen-no/", "/cities/bergen-no/history/", "/for/bergen-no/"),
    *("/search/?q=network", "/search/suggest/?q=netw", "/coverage/", "/changes/", "/timelines/"),
    *("/compare/networks/?network=network-1&network=network-2", "/maps/cities.json"),
    *("/fr/focus-areas/", "/countries/", "/funders/", "/data/", "/sitemap.xml", "/robots.txt"),
    *("/api/v1/networks.csv", "/api/v1/cities.xlsx", "/api/v1/graph.graphml", "/api/docs/"),
    *("/api/v1/search/?q=network", "/api/v1/changes/?after=0", "/api/v1/stats/coverage/"),
    *("/api/v1/cities/bergen-no/similar/", "/api/reconcile/", "/networks/network-1.jsonld"),
)
PREPARE = """
from citynet.serve import collect_static
from directory.web.catalogues import compile_stale
from django.conf import settings
compile_stale()
call_command("migrate", interactive=False, verbosity=0)
collect_static(stamp=settings.VAR_DIR / "static.stamp")
from tests.factories import make_city, make_network, writing
from tests.api.writing.programs import program_for
from directory.models import Network
city = make_city("bergen-no")
with writing() as changes:
    names = sys.argv[1].split(",")
    changes.add("networks", names)
    for name in names:
        make_network(name)
print(program_for(city).secret)
"""
ENTERED = """
from directory.models import Membership
print(",".join(Membership.objects.filter(city__slug="bergen-no")
    .order_by("network__slug").values_list("network__slug", flat=True)))
"""
pytestmark = pytest.mark.filterwarnings("default")


class Story:
    """What the chapters share."""

    def __init__(self, cluster: Cluster, site: Website, token: str) -> None:
        self.cluster, self.site, self.token = cluster, site, token
        self.left = list(NETWORKS)
        self.acknowledged: list[str] = []
        self.reads = self.failed_reads = 0

    def readers(self) -> Readers:
        return Readers(self.site, NETWORKS)

    def writers(self) -> Writers:
        share, self.left = self.left[:80], self.left[80:]
        return Writers(self.site, self.token, share)

    def go_on(self, readers: Readers) -> None:
        """Wait until readers were answered often enough to have met whatever there is."""
        enough = readers.answers.total() + READS
        time.sleep(1)
        wait_until(lambda: readers.answers.total() >= enough, because=self.site.logs)

    def count(self, readers: Readers, writers: Writers | None = None) -> None:
        """Add to the sums, and let no read have failed."""
        self.reads += readers.answers.total()
        self.failed_reads += len(readers.failed)
        if writers:
            self.acknowledged += writers.acknowledged
        assert readers.failed == [], self.site.logs()

    def revision(self) -> int:
        """The newest revision, as the primary has it."""
        return self.cluster.primary.ask("SELECT number FROM directory_revision")[0][0]

    def write(self) -> str:
        """Register one membership; return its network."""
        network = self.left.pop()
        writers = Writers(self.site, self.token, [network], writers=1)
        wait_until(lambda: writers.writes(network, f"one-{network}"), seconds=20)
        self.acknowledged.append(network)
        return network


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with Cluster(binaries()) as cluster:
        cluster.start_primary()
        places = f"127.0.0.1:{cluster.primary.port},127.0.0.1:{cluster.standby.port}"
        database = cluster.primary.url.replace(f"127.0.0.1:{cluster.primary.port}", places)
        folder = tmp_path_factory.mktemp("site")
        site = Website(folder, database=database, replicas=cluster.standby.url)
        token = site.manage("import sys\n" + PREPARE, ",".join(NETWORKS)).strip().splitlines()[-1]
        cluster.start_standby()
        with site:
            yield Story(cluster, site, token)


def asked_for_version(server: Server) -> int:
    """How often a server was asked for its revision, with which each public answer begins."""
    return server.ask(
        "SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'directory_revision'"
    )[0][0]


def memberships_of(site: Website, network: str, **headers: str) -> int:
    answer = site.ask(f"/api/v1/memberships/?network={network}", **headers)
    assert answer.status == 200, answer
    return answer.json()["count"]


def test_readers_are_answered_by_the_standby(story):
    primary, standby = story.cluster.primary, story.cluster.standby
    before = asked_for_version(primary), asked_for_version(standby)
    readers = story.readers()
    with going_on(readers):
        story.go_on(readers)
    story.count(readers)
    read = readers.answers.total()
    wait_until(lambda: asked_for_version(standby) - before[1] >= read, seconds=10)
    assert asked_for_version(primary) - before[0] < read / 2


def test_whoever_knows_a_revision_is_shown_nothing_older(story):
    site, standby = story.site, story.cluster.standby
    network = story.left[-1]
    assert memberships_of(site, network) == 0
    standby.ask("SELECT pg_wal_replay_pause()")
    story.write()
    newest = story.revision()
    # Two processes, each of which may have kept an answer by now.
    for _each in range(4):
        assert memberships_of(site, network) == 0
        assert memberships_of(site, network, X_Min_Revision=str(newest - 1)) == 0
        assert memberships_of(site, network, X_Min_Revision=str(newest)) == 1
        assert memberships_of(site, network, Authorization=f"Bearer {story.token}") == 1
        assert memberships_of(site, network, Cookie="citynet_session=x") == 1
    refused = site.ask("/api/v1/networks/", X_Min_Revision=str(newest + 1))
    assert (refused.status, refused.json()["code"]) == (412, "revision_to_come")
    standby.ask("SELECT pg_wal_replay_resume()")
    wait_until(lambda: memberships_of(site, network) == 1)


def test_a_query_that_the_recovery_cancels_is_asked_of_the_primary(story):
    cancelled = "SELECT sum(confl_lock) FROM pg_stat_database_conflicts"
    before = story.cluster.standby.ask(cancelled)[0][0]
    readers = story.readers()
    with going_on(readers):
        for _each in range(150):
            story.cluster.primary.ask(
                "BEGIN; SET LOCAL synchronous_commit = local;"
                "LOCK TABLE directory_city IN ACCESS EXCLUSIVE MODE;"
                "SELECT pg_current_xact_id(); COMMIT"
            )
            time.sleep(0.02)
    story.count(readers)
    after = story.cluster.standby.ask(cancelled)[0][0]
    assert after > before, "no query met the recovery: this test saw nothing"


def test_a_web_process_that_ends_is_missed_by_nobody(story):
    readers, writers = story.readers(), story.writers()
    with going_on(readers, writers):
        wait_until(lambda: len(writers.acknowledged) > 5, because=story.site.logs)
        story.site.stop(1)
        story.go_on(readers)
        story.site.start(1)
    story.count(readers, writers)


def test_without_its_standby_readers_go_on_and_writers_wait_for_the_operator(story):
    readers, writers = story.readers(), story.writers()
    with going_on(readers, writers):
        wait_until(lambda: len(writers.acknowledged) > 5, because=story.site.logs)
        story.cluster.standby.kill()
        time.sleep(1)
        before = len(writers.acknowledged)
        story.go_on(readers)
        # What cannot be kept twice is promised to nobody.
        assert len(writers.acknowledged) == before
        story.cluster.primary.configure("synchronous_standby_names", "")
        wait_until(lambda: len(writers.acknowledged) > before, because="writers did not go on")
        time.sleep(1)
        story.cluster.standby.start()
        story.go_on(readers)
    story.count(readers, writers)
    story.cluster.commit_on_both()


def test_with_the_standby_promoted_in_the_place_of_the_primary_writes_resume(story):
    readers, writers = story.readers(), story.writers()
    with going_on(readers, writers):
        wait_until(lambda: len(writers.acknowledged) > 5, because=story.site.logs)
        story.cluster.primary.kill()
        story.go_on(readers)
        before = len(writers.acknowledged)
        found = {path: story.site.ask(path).status for path in KINDS}
        assert found == dict.fromkeys(KINDS, 200)
        story.cluster.promote_standby()
        wait_until(
            lambda: len(writers.acknowledged) > before + 5,
            because=lambda: (dict(writers.refused), story.site.logs()),
        )
    story.count(readers, writers)


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(story, capsys):
    story.site.environment["DATABASE_URL"] = story.cluster.standby.url
    there = story.site.manage(ENTERED).strip().split(",")
    lost = set(story.acknowledged) - set(there)
    story.site.manage("call_command('check_integrity')")
    with capsys.disabled():
        print(
            f"\n{len(story.acknowledged)} writes acknowledged, {len(lost)} lost; "
            f"{story.reads} reads, {story.failed_reads} failed"
        )
    assert len(story.acknowledged) > 30
    assert lost == set()
    assert len(there) == len(set(there))
