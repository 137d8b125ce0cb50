"""What `make serve` prepares, and what it says when it cannot start."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connections

from citynet import serve


class TestPort:
    def test_taken(self):
        with socket.socket() as other:
            other.bind((serve.ADDRESS, 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(CommandError, match=rf"port {port} is in use.*PORT="):
                serve.ensure_port_is_free(serve.ADDRESS, port)

    def test_free(self):
        with socket.socket() as probe:
            probe.bind((serve.ADDRESS, 0))
            port = probe.getsockname()[1]
        serve.ensure_port_is_free(serve.ADDRESS, port)


class TestStaticFiles:
    @pytest.fixture
    def folder(self, tmp_path, settings):
        source = tmp_path / "source"
        source.mkdir()
        (source / "page.css").write_text("p { margin: 0 }")
        settings.STATICFILES_DIRS = [source]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        settings.STATIC_ROOT = tmp_path / "collected"
        from django.contrib.staticfiles import finders

        finders.get_finder.cache_clear()
        yield source
        finders.get_finder.cache_clear()

    def test_collected_once_and_again_after_a_change(self, folder, tmp_path):
        stamp = tmp_path / "stamp"
        assert serve.collect_static(stamp=stamp) is True
        assert (tmp_path / "collected" / "page.css").exists()
        assert serve.collect_static(stamp=stamp) is False
        (folder / "page.css").write_text("p { margin: 1em }")
        assert serve.collect_static(stamp=stamp) is True
        (folder / "new.css").write_text("")
        assert serve.collect_static(stamp=stamp) is True
        assert serve.collect_static(stamp=stamp) is False

    def test_collected_again_when_the_copy_is_gone(self, folder, tmp_path, settings):
        stamp = tmp_path / "stamp"
        serve.collect_static(stamp=stamp)
        settings.STATIC_ROOT = tmp_path / "elsewhere"
        assert serve.collect_static(stamp=stamp) is True
        assert (Path(settings.STATIC_ROOT) / "page.css").exists()


class TestBeside:
    @pytest.fixture
    def started(self, monkeypatch):
        found = []
        popen = serve.subprocess.Popen

        def start(command, **options):
            found.append((command[-2:], popen(["sleep", "60"], **options)))
            return found[-1][1]

        monkeypatch.setattr(serve.subprocess, "Popen", start)
        monkeypatch.setattr(serve, "SECONDS_BETWEEN_LOOKS", 0.05)
        return found

    def test_loops_run_beside_the_server_and_end_with_it(self, started):
        with serve.beside("send_mail", "tick"):
            assert [arguments for arguments, _process in started] == [
                ["send_mail", "--loop"],
                ["tick", "--loop"],
            ]
            assert all(process.poll() is None for _arguments, process in started)
        assert all(process.poll() is not None for _arguments, process in started)

    def test_a_loop_that_ends_is_started_again(self, started, capfd):
        with serve.beside("send_mail", "tick"):
            started[0][1].kill()
            for _ in range(200):
                if len(started) == 3:
                    break
                time.sleep(0.05)
            assert started[2][0] == ["send_mail", "--loop"]
        assert all(process.poll() is not None for _arguments, process in started)
        assert "send_mail has ended and is started again" in capfd.readouterr().err


@pytest.mark.skipif("connections['default'].vendor == 'sqlite'", reason="a file has one machine")
@pytest.mark.django_db(transaction=True)
def test_machines_that_start_at_once_prepare_one_after_the_other():
    order = []

    def other_machine():
        with serve.one_machine_at_a_time():
            order.append("the other")
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with serve.one_machine_at_a_time():
            waiting = pool.submit(other_machine)
            time.sleep(0.3)
            order.append("the first")
        waiting.result(timeout=10)
    assert order == ["the first", "the other"]
