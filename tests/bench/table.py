"""The table of ratios that a run of the benchmark ends with."""

import math
import statistics
from collections.abc import Mapping

from django.db import connection

from tests.bench import bulk
from tests.bench.measured import Measured
from tests.bench.workloads import GOALS, GROWS_LITTLE, MOST_GROWTH

ROUNDS = 3
LISTS = ("csv", "jsonl")
LEAST_OF_COPY_OUT, LEAST_OF_COPY_IN, LEAST_OF_LOOP = 0.3, 0.2, 25
MOST_FIRST_BYTE_MS, MOST_GROWTH_MB = 100, 40


def line(what: str, value: float, goal: float, *, at_most: bool = False) -> bool:
    """Print one line; return whether the goal is missed."""
    met = value <= goal if at_most else value >= goal
    sign = "<=" if at_most else ">="
    print(f"{what:<74}{value:>8.2f} {sign} {goal:<6}{'' if met else '  MISSED'}", flush=True)
    return not met


def print_goals(measured: Mapping[str, Measured], times: int) -> bool:
    """Print what was measured and each ratio of it; return whether one is missed."""
    print(f"\n{connection.vendor}, {times} times the starting data", flush=True)
    for name, each in measured.items():
        print(f"{name:<44}{each.rate:>9.0f}/s  p50 {each.p50:>8.2f}  p99 {each.p99:>8.2f} ms")
    is_missed = False
    for goal in GOALS:
        if goal.ours not in measured or goal.yardstick not in measured:
            continue
        ours, theirs = measured[goal.ours], measured[goal.yardstick]
        what = f"{goal.ours} / {goal.yardstick}"
        if goal.of_p99:
            is_missed |= line(
                f"p99 of {what}", over(ours.p99, theirs.p99), goal.ratio, at_most=True
            )
        else:
            ratio = goal.on(connection.vendor)
            is_missed |= line(what, over(ours.rate, theirs.rate), ratio)
    return is_missed


def print_growth(measured: Mapping[int, Mapping[str, Measured]]) -> bool:
    """Print what each thing costs with more data than with the least; return whether too much."""
    least, *others = sorted(measured)
    is_missed = False
    for times in others:
        for name in GROWS_LITTLE:
            if name in measured[times]:
                ratio = over(measured[times][name].p50, measured[least][name].p50)
                what = f"{name}: p50 with {times} times the data"
                is_missed |= line(what, ratio, MOST_GROWTH, at_most=True)
    return is_missed


def over(one: float, other: float) -> float:
    """Return a ratio, also to what gave no answer at all in its time."""
    return one / other if other else math.inf


class Bulk:
    """Whole lists and loads; COPY is PostgreSQL's, so that on SQLite there is nothing beside."""

    def __init__(self) -> None:
        self._has_copy = connection.vendor == "postgresql"

    def print_load(self, seconds: float) -> bool:
        """Print how fast a package was loaded; return whether a goal is missed."""
        ours, looped = bulk.rows_loaded() / seconds, bulk.looped()
        print(f"\nload of the starting data {seconds:.1f} s, {ours:.0f} rows/s")
        is_missed = line(
            f"load / loop of serializers ({looped:.0f} rows/s)", ours / looped, LEAST_OF_LOOP
        )
        if self._has_copy:
            copied = statistics.median(bulk.copied_in() for _round in range(ROUNDS))
            what = f"load / COPY ({copied:.1f} s), rows/s"
            is_missed |= line(what, copied / seconds, LEAST_OF_COPY_IN)
        return is_missed

    def print_downloads(self, site: str, workers: list[int]) -> bool:
        """Print how whole lists leave; return whether a goal is missed."""
        is_missed = False
        copied = 0.0
        if self._has_copy:
            copied = statistics.median(bulk.copied_out() for _round in range(ROUNDS))
        for extension in LISTS:
            url = f"{site}/api/v1/memberships.{extension}"
            bulk.take(url, workers)
            found = [bulk.take(url, workers) for _round in range(ROUNDS)]
            rate = statistics.median(each.rate for each in found)
            print(f"memberships.{extension}: {found[0].size / 1e6:.1f} MB, {rate:.1f} MB/s")
            first = statistics.median(each.first_byte for each in found) * 1000
            what = f"memberships.{extension}, first byte in ms"
            is_missed |= line(what, first, MOST_FIRST_BYTE_MS, at_most=True)
            growth = max(each.growth for each in found) / 1e6
            what = f"memberships.{extension}, growth of a worker in MB"
            is_missed |= line(what, growth, MOST_GROWTH_MB, at_most=True)
            if copied:
                what = f"memberships.{extension} / COPY ({copied:.0f} MB/s), MB/s"
                is_missed |= line(what, rate / copied, LEAST_OF_COPY_OUT)
        return is_missed
