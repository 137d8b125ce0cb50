"""Makes the database and the static files ready and serves the site: what `make serve` runs.

One process does all the preparing, because starting Python and Django four times would be most of
the time of a second start. Each step looks first and does nothing when nothing is to be done.
"""

import argparse
import errno
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from citynet import environment, logs
from directory.web.catalogues import compile_stale

ADDRESS = "127.0.0.1"
THREADS_PER_WORKER = 4
SECONDS_BETWEEN_LOOKS = 5
# By this number PostgreSQL knows that a machine prepares the database.
PREPARING = int.from_bytes(b"prepares")


def main() -> None:
    """Prepare, then serve until interrupted; a foreseeable obstacle ends in one plain sentence."""
    parser = argparse.ArgumentParser(prog="python -m citynet.serve", description=__doc__)
    parser.add_argument(
        "--no-prepare",
        action="store_true",
        help="serve at once: no migration, no loading, no collecting of static files",
    )
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citynet.settings")
    try:
        workers = environment.integer(os.environ, "WORKERS", default=2, minimum=1, maximum=64)
        django.setup()
        ensure_port_is_free(ADDRESS, settings.PORT)
        if not arguments.no_prepare:
            prepare()
    except (ImproperlyConfigured, CommandError, DatabaseError, OSError) as error:
        sys.exit(f"CityNet cannot start: {error}")
    share_metrics()
    # Workers are forked from this process and must not share its connections.
    connections.close_all()
    with beside("send_mail", "tick", *(["purge_cdn"] if settings.CDN.purge_url else [])):
        serve(workers=workers)


@contextmanager
def beside(*commands: str) -> Iterator[None]:
    """Run the loops of management commands, each in a process of its own, while the block lasts.

    One that ends is started again. They also end by themselves when this process is no more,
    however that came about.
    """
    running = {command: _start(command) for command in commands}
    stopped = threading.Event()

    def watch() -> None:
        while not stopped.wait(SECONDS_BETWEEN_LOOKS):
            for command, process in running.items():
                if process.poll() is not None:
                    print(f"{command} has ended and is started again", file=sys.stderr, flush=True)
                    running[command] = _start(command)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stopped.set()
        watcher.join()
        for process in running.values():
            process.terminate()
        for process in running.values():
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(command: str) -> subprocess.Popen:
    arguments = [sys.executable, str(settings.BASE_DIR / "manage.py"), command, "--loop"]
    return subprocess.Popen(arguments, stdin=subprocess.DEVNULL)


def prepare() -> None:
    """Bring tables, starting data, gazetteer, catalogues and static files up to date."""
    compile_stale()
    with one_machine_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)
        # Places first: their names are in the search index of the cities, which is then built once.
        call_command("load_gazetteer", "--if-empty")
        call_command("load_package", str(settings.BASE_DIR / "fixtures"), "--if-empty")
    if not settings.DEBUG:
        collect_static(stamp=settings.VAR_DIR / "static.stamp")


@contextmanager
def one_machine_at_a_time() -> Iterator[None]:
    """Let other machines that start on the same PostgreSQL wait, and then find all done.

    Django's migrations would meet half way. The lock ends with the connection, whatever happens.
    """
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def collect_static(*, stamp: Path) -> bool:
    """Copy, compress and fingerprint the static files unless `stamp` says they are as last time.

    Returns whether anything was done.
    """
    state = static_state()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def static_state() -> str:
    """A digest that changes with the name, size or time of any static file, and with the target."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def share_metrics() -> None:
    """Give the workers an empty folder in which they add up what each of them counts."""
    if not settings.METRICS_TOKEN:
        return
    folder = Path(settings.VAR_DIR) / "metrics" / str(settings.PORT)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # Read by prometheus_client when a worker imports it.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def ensure_port_is_free(address: str, port: int) -> None:
    """Raise CommandError when another program listens there.

    The server itself would not notice: it opens its port in a way that lets two servers share it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"port {port} is in use by another program. "
                    f"Stop it, or choose another port: PORT={port + 1 if port < 65535 else 8000}."
                ) from error
            raise CommandError(f"port {port} cannot be opened: {error.strerror}.") from error


def serve(*, workers: int) -> None:
    """Serve on this machine's own address; say where as soon as the port is open."""
    server = Server(
        "citynet.wsgi:application",
        address=ADDRESS,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS_PER_WORKER,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig=logs.of_the_server(settings.LOGGING),
    )
    server.on_startup(lambda: print(f"CityNet is at {settings.SITE_URL}", flush=True))
    server.serve(target_loader=load_application, wrap_loader=False)


def load_application() -> WSGIHandler:
    """The application, for one worker.

    A worker leaves the terminal's process group first: Ctrl-C would reach it a second time, beside
    the parent's own request to stop, and workers that are told twice may hang.
    """
    os.setpgrp()
    from citynet.wsgi import application

    return application


if __name__ == "__main__":
    main()
