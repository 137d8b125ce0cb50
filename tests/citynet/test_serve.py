"""What `make serve` prepares, and what it says when it cannot start."""

import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

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


class TestMailSender:
    def test_runs_beside_the_server_and_ends_with_it(self, monkeypatch):
        started = []
        popen = serve.subprocess.Popen

        def start(command, **options):
            assert command[1:] == [str(settings.BASE_DIR / "manage.py"), "send_mail", "--loop"]
            started.append(popen(["sleep", "60"], **options))
            return started[0]

        monkeypatch.setattr(serve.subprocess, "Popen", start)
        with serve.mail_sender():
            assert started[0].poll() is None
        assert started[0].poll() is not None
