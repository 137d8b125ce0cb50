"""Processes as the kernel tells of them: children, states, who owns a connection; and killing."""

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
SECONDS_TO_END = 10


def children(parent: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    running = (int(folder.name) for folder in PROC.iterdir() if folder.name.isdigit())
    found = []
    for pid in running:
        its_parent, state = _parent_and_state(pid)
        if its_parent == parent and state not in ("", "Z", "X"):
            found.append(pid)
    return found


def command_line(pid: int) -> str:
    """Return how a process was started; empty for one that has ended."""
    with suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def stop(pid: int) -> bool:
    """Hold a process still, all of its threads; tell whether it is there to be held."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
        until = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < until:
            _parent, state = _parent_and_state(pid)
            if state == "T":
                return True
            if state in ("", "Z"):
                return False
            time.sleep(0.0005)
    return False


def go_on(pid: int) -> None:
    """Let a process that was held go on."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def kill(pids: Iterable[int]) -> None:
    """`kill -9`, and wait until none of them is left."""
    pids = list(pids)
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + SECONDS_TO_END
    while any(_parent_and_state(pid)[1] not in ("", "Z") for pid in pids):
        if time.monotonic() > until:
            raise RuntimeError(f"of {pids} one does not end")
        time.sleep(0.002)


def owners_of_ports(pids: Iterable[int], ports: Iterable[int]) -> dict[int, int]:
    """Return which of the processes holds the near end of a connection from each port."""
    wanted = {f"{port:04X}": port for port in ports}
    sockets = {}
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:]:
        parts = line.split()
        near = parts[1].rpartition(":")[2]
        if near in wanted:
            sockets[f"socket:[{parts[9]}]"] = wanted[near]
    owners = {}
    for pid in pids:
        with suppress(OSError):
            for link in (PROC / str(pid) / "fd").iterdir():
                with suppress(OSError):
                    if port := sockets.get(str(link.readlink())):
                        owners[port] = pid
    return owners


def _parent_and_state(pid: int) -> tuple[int, str]:
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return 0, ""
    state, parent = text.rpartition(")")[2].split()[:2]
    return int(parent), state
