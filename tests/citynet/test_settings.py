"""The settings as the environment decides them, and that they refuse what would be unsafe."""

import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings as running
from django.core.exceptions import ImproperlyConfigured

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
POSTGRESQL = "postgresql://citynet:x@db.example/citynet"
OURS = (
    "ACCESS_LOG", "ALLOWED_HOSTS", "BEHIND_TLS_PROXY", "BUILD", "CACHE_URL", "CDN_KEYS_HEADER",
    "CDN_PURGE_SECRET", "CDN_PURGE_SECRET_FILE", "CDN_PURGE_URL", "CDN_SECONDS", "CONTACT_EMAIL",
    "DATABASE_REPLICA_URLS", "DATABASE_URL", "DEBUG", "EMAIL_URL", "KEPT_ANSWERS", "LOG_FORMAT",
    "LOG_LEVEL", "METRICS_TOKEN", "METRICS_TOKEN_FILE", "PORT", "RELEASES_URL", "SECRET_KEY",
    "SECRET_KEY_FILE", "SITE_URL",
)  # fmt: skip


@pytest.fixture
def read(monkeypatch):
    """Reads citynet/settings.py afresh under the given variables and no others of ours."""

    def read_settings(**env):
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"SECRET_KEY": KEY} | env).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(running.BASE_DIR / "citynet" / "settings.py"))

    return read_settings


def test_safe_without_any_variable(read):
    found = read()
    assert found["DEBUG"] is False
    assert found["SITE_URL"] == "http://localhost:8000"
    assert found["ALLOWED_HOSTS"] == ["localhost", "localhost", "127.0.0.1", "[::1]"]
    assert found["DATABASES"]["default"]["NAME"] == running.BASE_DIR / "var" / "citynet.sqlite3"
    assert found["SESSION_COOKIE_NAME"] == "citynet_session"
    assert found["SESSION_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0


def test_port_is_part_of_the_default_address(read):
    assert read(PORT="9123")["SITE_URL"] == "http://localhost:9123"


def test_https_makes_cookies_secure_and_binds_them_to_the_host(read):
    found = read(SITE_URL="https://citynet.example")
    for kind in ("SESSION", "CSRF"):
        assert found[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{kind}_COOKIE_SECURE"] is True
        assert found[f"{kind}_COOKIE_HTTPONLY"] is True
        # The prefix obliges: no domain, the whole site.
        assert found.get(f"{kind}_COOKIE_DOMAIN") is None
        assert found.get(f"{kind}_COOKIE_PATH", "/") == "/"
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_SSL_HOST"] == "citynet.example"
    assert found["ALLOWED_HOSTS"] == ["citynet.example"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://citynet.example"]


def test_proxy_header_is_believed_only_when_asked(read):
    assert "SECURE_PROXY_SSL_HEADER" not in read(SITE_URL="https://citynet.example")
    found = read(SITE_URL="https://citynet.example", BEHIND_TLS_PROXY="1")
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_answers_are_kept_within_as_much_room_as_is_given(read):
    assert read()["KEPT_ANSWERS_BYTES"] == 64_000_000
    assert read(KEPT_ANSWERS="0")["KEPT_ANSWERS_BYTES"] == 0
    with pytest.raises(ImproperlyConfigured, match="KEPT_ANSWERS"):
        read(KEPT_ANSWERS="much")


def test_more_hosts(read):
    found = read(SITE_URL="https://citynet.example", ALLOWED_HOSTS="www.citynet.example")
    assert found["ALLOWED_HOSTS"] == ["citynet.example", "www.citynet.example"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "ture"),
        ("PORT", "eighty"),
        ("SITE_URL", "citynet.example"),
        ("DATABASE_URL", "mysql://h/n"),
        ("DATABASE_REPLICA_URLS", "postgresql://reader:x@copy.example/citynet"),
        ("BEHIND_TLS_PROXY", "maybe"),
        ("ALLOWED_HOSTS", "*"),
        ("BUILD", "two words"),
        ("CONTACT_EMAIL", "nobody"),
        ("EMAIL_URL", "smtp://mail.example"),
        ("CACHE_URL", "memcached://h"),
        ("CDN_SECONDS", "a minute"),
        ("CDN_KEYS_HEADER", "Keys"),
        ("CDN_PURGE_URL", "http://cdn.example/purge"),
        ("CDN_PURGE_URL", "https://me:secret@cdn.example/purge"),
        ("CDN_PURGE_URL", "https://cdn.example/purge"),
        ("CDN_PURGE_SECRET", "only the secret"),
        ("SECRET_KEY", "short"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("ACCESS_LOG", "some"),
        ("METRICS_TOKEN", "short"),
    ],
)
def test_a_mistake_stops_the_start_and_is_named(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} "):
        read(**{name: value})


def test_debug_pages_never_on_a_public_site(read):
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        read(DEBUG="1", SITE_URL="https://citynet.example")


def test_postgresql_without_a_secret_is_refused(read):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        read(DATABASE_URL=POSTGRESQL, SECRET_KEY="")


def test_refusal_reaches_the_person_who_starts_the_site():
    foreign = (*OURS, "DJANGO_SETTINGS_MODULE")
    env = {key: value for key, value in os.environ.items() if key not in foreign}
    done = subprocess.run(
        [sys.executable, "-m", "citynet.serve"],
        env=env | {"DATABASE_URL": POSTGRESQL},
        cwd=running.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("CityNet cannot start: SECRET_KEY is not set.")
    assert "Traceback" not in done.stderr


def test_postgresql_with_a_secret_from_a_file(read, tmp_path):
    path = tmp_path / "key"
    path.write_text(KEY)
    found = read(DATABASE_URL=POSTGRESQL, SECRET_KEY="", SECRET_KEY_FILE=str(path))
    assert found["SECRET_KEY"] == KEY
    assert found["DATABASES"]["default"]["CONN_HEALTH_CHECKS"] is True


def test_sqlite_serves_several_processes(read):
    options = read()["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 20
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_replicas_are_read_and_nothing_more(read):
    found = read(
        DATABASE_URL=POSTGRESQL,
        DATABASE_REPLICA_URLS="postgresql://r:x@one.example/citynet\n postgresql://r:x@two/citynet",
    )
    assert list(found["DATABASES"]) == ["default", "replica1", "replica2"]
    assert found["DATABASE_ROUTERS"] == ["citynet.replicas.ChosenDatabase"]
    for alias in ("replica1", "replica2"):
        replica = found["DATABASES"][alias]
        assert replica["OPTIONS"]["options"] == "-c default_transaction_read_only=on"
        assert replica["OPTIONS"]["connect_timeout"] <= 5
        assert replica["TEST"] == {"MIRROR": "default"}
    assert read(DATABASE_URL=POSTGRESQL)["DATABASE_ROUTERS"] == []


@pytest.mark.parametrize(
    "urls",
    ["sqlite:///var/copy.sqlite3", "mysql://h/n", " ".join(["postgresql://h/n"] * 17)],
)
def test_replicas_that_are_none_stop_the_start(read, urls):
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_REPLICA_URLS "):
        read(DATABASE_URL=POSTGRESQL, DATABASE_REPLICA_URLS=urls)


def test_a_cdn_is_told_of_changes_by_a_header_that_no_message_repeats(read):
    assert read()["CDN"].seconds == 0
    found = read(
        CDN_SECONDS="60",
        CDN_PURGE_URL="https://cdn.example/purge",
        CDN_PURGE_SECRET="Authorization: Bearer hush",
    )["CDN"]
    assert found.purge_header == ("Authorization", "Bearer hush")
    assert "hush" not in repr(found)
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(CDN_PURGE_SECRET="hush\nhush: x")
    assert "hush" not in str(refusal.value)


def test_policy_allows_nothing_inline_and_no_other_host(read):
    directives = read()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'self'"]
    allowed = {value for values in directives.values() for value in values}
    assert allowed == {"'self'", "'none'", "data:"}
    assert [key for key, values in directives.items() if "data:" in values] == ["img-src"]


def test_every_variable_is_known_to_these_tests():
    """A variable added to the settings must be cleared by `read`, or tests depend on the shell."""
    folder = running.BASE_DIR / "citynet"
    files = [folder / name for name in ("settings.py", "databases.py", "cdn_settings.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    named = {word.split('"')[1] for word in source.split("os.environ, ")[1:]}
    held_in_files = {"SECRET_KEY_FILE", "CDN_PURGE_SECRET_FILE", "METRICS_TOKEN_FILE"}
    assert named | held_in_files == set(OURS)
