"""The reader of the environment: what it accepts, and that it refuses everything else by name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from citynet import environment

ANYTHING = st.text(max_size=60)


class TestText:
    def test_default_when_missing_or_blank(self):
        assert environment.text({}, "NAME", default="x") == "x"
        assert environment.text({"NAME": "  "}, "NAME", default="x") == "x"

    def test_surrounding_blanks_are_dropped(self):
        assert environment.text({"NAME": " a b \n"}, "NAME") == "a b"


class TestBoolean:
    @pytest.mark.parametrize("word", ["1", "true", "True", "YES", " on "])
    def test_true_words(self, word):
        assert environment.boolean({"DEBUG": word}, "DEBUG", default=False) is True

    @pytest.mark.parametrize("word", ["0", "false", "FALSE", "no", "Off"])
    def test_false_words(self, word):
        assert environment.boolean({"DEBUG": word}, "DEBUG", default=True) is False

    @pytest.mark.parametrize("default", [True, False])
    def test_default_when_missing_or_empty(self, default):
        assert environment.boolean({}, "DEBUG", default=default) is default
        assert environment.boolean({"DEBUG": ""}, "DEBUG", default=default) is default

    @pytest.mark.parametrize("word", ["ture", "2", "y", "enabled", "None", "fasle"])
    def test_unknown_word_is_refused_with_name_and_choices(self, word):
        with pytest.raises(ImproperlyConfigured) as refusal:
            environment.boolean({"DEBUG": word}, "DEBUG", default=False)
        message = str(refusal.value)
        assert "DEBUG" in message
        assert word in message
        assert "true" in message
        assert "off" in message

    @given(ANYTHING)
    def test_never_guesses(self, word):
        known = environment.TRUE_WORDS + environment.FALSE_WORDS
        if word.strip().lower() in (*known, ""):
            environment.boolean({"X": word}, "X", default=False)
        else:
            with pytest.raises(ImproperlyConfigured):
                environment.boolean({"X": word}, "X", default=False)


class TestInteger:
    @given(st.integers(1, 65535))
    def test_every_port_is_read_back(self, port):
        found = environment.integer(
            {"PORT": str(port)}, "PORT", default=1, minimum=1, maximum=65535
        )
        assert found == port

    @pytest.mark.parametrize("word", ["0", "65536", "80a", "1_000", "8000.0", "٨٠٠٠", "-1", "1e3"])
    def test_everything_else_is_refused_with_the_bounds(self, word):
        with pytest.raises(ImproperlyConfigured, match=r"PORT.*from 1 to 65535"):
            environment.integer({"PORT": word}, "PORT", default=1, minimum=1, maximum=65535)

    @given(ANYTHING)
    def test_result_is_within_bounds_or_refused(self, word):
        try:
            found = environment.integer({"N": word}, "N", default=7, minimum=3, maximum=9)
        except ImproperlyConfigured:
            return
        assert 3 <= found <= 9


class TestToken:
    def test_versions_and_hashes(self):
        assert environment.token({"BUILD": "8c8c657"}, "BUILD", default="0") == "8c8c657"
        assert environment.token({}, "BUILD", default="0.1.0") == "0.1.0"

    @pytest.mark.parametrize("word", ["a b", "a\nb", "é", "x" * 65, 'a"b'])
    def test_nothing_that_could_break_a_header(self, word):
        with pytest.raises(ImproperlyConfigured, match="BUILD"):
            environment.token({"BUILD": word}, "BUILD", default="0")


class TestEmail:
    def test_address_or_nothing(self):
        assert environment.email({"MAIL": " hello@citynet.example "}, "MAIL") == (
            "hello@citynet.example"
        )
        assert environment.email({}, "MAIL") == ""

    @pytest.mark.parametrize("word", ["hello", "a@b", "a b@c.example", "a@c.example\nBcc: x@y.z"])
    def test_everything_else_is_refused(self, word):
        with pytest.raises(ImproperlyConfigured, match=r"MAIL.*hello@citynet\.example"):
            environment.email({"MAIL": word}, "MAIL")


class TestHosts:
    def test_list(self):
        read = environment.hosts({"ALLOWED_HOSTS": "A.example, b.example ,,[::1]"}, "ALLOWED_HOSTS")
        assert read == ["a.example", "b.example", "[::1]"]
        assert environment.hosts({}, "ALLOWED_HOSTS") == []

    @pytest.mark.parametrize(
        "word", ["*", "a.example:80", "https://a.example", "a b", ".example", "-a.example", "a..b"]
    )
    def test_wildcards_and_addresses_are_refused(self, word):
        with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
            environment.hosts({"ALLOWED_HOSTS": word}, "ALLOWED_HOSTS")


class TestSite:
    @pytest.mark.parametrize(
        ("address", "url", "host", "secure"),
        [
            ("https://citynet.example", "https://citynet.example", "citynet.example", True),
            ("https://CityNet.example/", "https://citynet.example", "citynet.example", True),
            ("https://a.example:8443", "https://a.example:8443", "a.example", True),
            ("http://localhost:8000", "http://localhost:8000", "localhost", False),
            ("http://127.0.0.1", "http://127.0.0.1", "127.0.0.1", False),
            ("http://[::1]:8000", "http://[::1]:8000", "::1", False),
        ],
    )
    def test_accepted(self, address, url, host, secure):
        site = environment.site({"SITE_URL": address}, "SITE_URL", default="")
        assert (site.url, site.host, site.is_secure) == (url, host, secure)

    @pytest.mark.parametrize(
        "address",
        [
            "citynet.example",
            "//citynet.example",
            "ftp://citynet.example",
            "https://",
            "https://citynet.example/path",
            "https://citynet.example?x",
            "https://citynet.example/?",
            "https://citynet.example#",
            "https://user@citynet.example",
            "https://citynet.example:port",
            "https://citynet.example:99999",
            "https://city net.example",
            "https://[::1",
            "https://citynet..example",
            "https://citynet.example\\@evil.example",
        ],
    )
    def test_refused_with_an_example(self, address):
        with pytest.raises(ImproperlyConfigured, match=r"SITE_URL.*https://citynet\.example"):
            environment.site({"SITE_URL": address}, "SITE_URL", default="")

    def test_plain_http_is_for_this_machine_alone(self):
        with pytest.raises(ImproperlyConfigured, match="use https"):
            environment.site({"SITE_URL": "http://citynet.example"}, "SITE_URL", default="")

    @given(ANYTHING)
    def test_nothing_but_a_plain_origin_passes(self, rest):
        try:
            site = environment.site({"S": f"https://{rest}"}, "S", default="https://a.example")
        except ImproperlyConfigured:
            return
        assert not set(site.url.removeprefix("https://")) & set("/?#@\\ ")


class TestSecret:
    def test_from_variable(self):
        assert environment.secret({"SECRET_KEY": "abc"}, "SECRET_KEY") == "abc"

    def test_from_file(self, tmp_path):
        path = tmp_path / "key"
        path.write_text("from a file\n")
        assert environment.secret({"SECRET_KEY_FILE": str(path)}, "SECRET_KEY") == "from a file"

    def test_missing_is_empty(self):
        assert environment.secret({}, "SECRET_KEY") == ""

    def test_both_are_refused(self, tmp_path):
        env = {"SECRET_KEY": "hush-hush", "SECRET_KEY_FILE": str(tmp_path / "key")}
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY and SECRET_KEY_FILE") as refusal:
            environment.secret(env, "SECRET_KEY")
        assert "hush-hush" not in str(refusal.value)

    def test_unreadable_file_is_named(self, tmp_path):
        missing = tmp_path / "missing"
        with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE.*missing"):
            environment.secret({"SECRET_KEY_FILE": str(missing)}, "SECRET_KEY")

    def test_empty_file_is_refused(self, tmp_path):
        path = tmp_path / "key"
        path.write_text("\n")
        with pytest.raises(ImproperlyConfigured, match="empty"):
            environment.secret({"SECRET_KEY_FILE": str(path)}, "SECRET_KEY")

    def test_short_secret_is_refused_without_being_shown(self):
        with pytest.raises(ImproperlyConfigured, match="at least 50") as refusal:
            environment.secret({"SECRET_KEY": "hush-hush"}, "SECRET_KEY", minimum_length=50)
        assert "hush-hush" not in str(refusal.value)


class TestDatabase:
    def read(self, url=""):
        return environment.database(
            {"DATABASE_URL": url},
            "DATABASE_URL",
            default="sqlite:///var/citynet.sqlite3",
            base=Path("/project"),
        )

    def test_default_counts_from_the_project(self):
        assert self.read()["NAME"] == Path("/project/var/citynet.sqlite3")

    def test_absolute_sqlite_path(self):
        assert self.read("sqlite:////data/x.sqlite3")["NAME"] == Path("/data/x.sqlite3")

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
    def test_postgresql(self, scheme):
        found = self.read(f"{scheme}://citynet:p%40ss@db.example:5433/citynet?sslmode=require")
        assert found["ENGINE"] == "django.db.backends.postgresql"
        assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "citynet")
        assert found["PASSWORD"] == "p@ss"
        assert found["OPTIONS"] == {"sslmode": "require"}

    def test_several_hosts_are_asked_for_the_one_that_takes_writes(self):
        found = self.read("postgresql://citynet:p,w@one.example,two.example:5433/citynet")
        assert (found["HOST"], found["PORT"]) == ("one.example,two.example", "5432,5433")
        assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("citynet", "p,w", "citynet")
        assert found["OPTIONS"] == {"target_session_attrs": "read-write"}
        found = self.read("postgresql://h:1,h:2/n?target_session_attrs=primary&sslmode=require")
        assert found["OPTIONS"] == {"target_session_attrs": "primary", "sslmode": "require"}

    @pytest.mark.parametrize(
        "url",
        [
            "mysql://u:hush@h/n",
            "sqlite://,h/x",
            "postgresql://u:hush@h,/n",
            "postgresql://u:hush@,h/n",
            "postgresql://u:hush@h:1,h:0/n",
            "postgresql://u:hush@h:1,h:port/n",
            "citynet.sqlite3",
            "sqlite://",
            "sqlite:///",
            "sqlite://host/x",
            "sqlite:///x?mode=ro",
            "postgresql://u:hush@h",
            "postgresql://u:hush@h:port/n",
            "postgresql://u:hush@h:0/n",
            "postgresql://u:hush@h/n#fragment",
            "postgresql://u:hush@[h/n",
        ],
    )
    def test_refused_without_repeating_the_password(self, url):
        with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL.*postgresql://") as refusal:
            self.read(url)
        assert "hush" not in str(refusal.value)

    @given(ANYTHING)
    def test_anything_else_is_refused_and_never_a_crash(self, rest):
        for scheme in ("", "sqlite:", "postgresql://"):
            try:
                found = self.read(scheme + rest)
            except ImproperlyConfigured:
                continue
            assert found["ENGINE"].rsplit(".", 1)[-1] in ("sqlite3", "postgresql")


class TestMailServer:
    def read(self, url):
        return environment.mail_server({"EMAIL_URL": url}, "EMAIL_URL")

    def test_none_means_files(self):
        assert self.read("").host == ""

    def test_tls_on_the_way_or_from_the_start(self):
        found = self.read("smtp://me%40example.org:p%2Fw@mail.example?tls=1")
        assert (found.host, found.port, found.use_tls) == ("mail.example", 587, True)
        assert (found.user, found.password) == ("me@example.org", "p/w")
        found = self.read("smtps://me:pw@mail.example")
        assert (found.port, found.use_ssl, found.use_tls) == (465, True, False)

    def test_this_machine_needs_no_tls(self):
        assert self.read("smtp://localhost:25").port == 25

    @pytest.mark.parametrize(
        "url",
        [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://me:secret@mail.example",
            "smtp://me:secret@mail.example?tls=yes",
            "smtp://me:secret@mail.example?tls=1&x=1",
            "smtps://me:secret@mail.example?tls=1",
            "smtp://me@mail.example?tls=1",
            "smtp://me:secret@mail.example:0?tls=1",
            "smtp://me:secret@mail.example:port?tls=1",
            "smtp://me:secret@mail.example/path?tls=1",
        ],
    )
    def test_everything_else_is_refused_without_the_password(self, url):
        with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL ") as refusal:
            self.read(url)
        assert "secret" not in str(refusal.value)


class TestCache:
    DEFAULT = {"BACKEND": "database"}

    def test_in_the_database_by_default(self):
        assert environment.cache({}, "CACHE_URL", default=self.DEFAULT) is self.DEFAULT

    @pytest.mark.parametrize(
        "url", ["redis", "memcached://h", "redis://", "redis://h/a", "redis://h?x=1", "redis://h:0"]
    )
    def test_everything_else_is_refused(self, url):
        with pytest.raises(ImproperlyConfigured, match=r"^CACHE_URL is not understood"):
            environment.cache({"CACHE_URL": url}, "CACHE_URL", default=self.DEFAULT)

    def test_a_missing_driver_is_named(self, monkeypatch):
        env = {"CACHE_URL": "redis://localhost:6379/0"}
        monkeypatch.setattr(environment, "find_spec", lambda name: None)
        with pytest.raises(ImproperlyConfigured, match="pip install redis=="):
            environment.cache(env, "CACHE_URL", default=self.DEFAULT)
        monkeypatch.setattr(environment, "find_spec", lambda name: object())
        found = environment.cache(env, "CACHE_URL", default=self.DEFAULT)
        assert found["LOCATION"] == "redis://localhost:6379/0"
