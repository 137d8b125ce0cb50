"""Reads the process environment strictly, so that a typing mistake stops the start instead of
loosening the site.

Every function takes the mapping to read from (usually `os.environ`), returns a typed value, and
raises `ImproperlyConfigured` with the variable's name and the accepted values. A variable that is
set to nothing counts as not set. Values of secrets never appear in messages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off")
DATABASE_SCHEMES = {"sqlite": "sqlite", "postgres": "postgresql", "postgresql": "postgresql"}
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")

# One label per dot, as DNS has them; an underscore is allowed because container networks use it.
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
_IPV6 = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)


@dataclass(frozen=True)
class Site:
    """The public address of the site, taken apart.

    `url` has no trailing slash, `netloc` is host and port as they stand in it, `host` is the bare
    name.
    """

    url: str
    scheme: str
    netloc: str
    host: str

    @property
    def is_secure(self) -> bool:
        """Whether visitors reach the site by https."""
        return self.scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Whether the site can be reached from this machine alone."""
        return self.host in LOOPBACK_HOSTS


def text(env: Mapping[str, str], name: str, *, default: str = "") -> str:
    """The variable without surrounding blanks, or the default."""
    return env.get(name, "").strip() or default


def boolean(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    """True or false; every word but the eight known ones is an error."""
    value = text(env, name).lower()
    if not value:
        return default
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise _refusal(env, name, f"use one of {', '.join(TRUE_WORDS)} or {', '.join(FALSE_WORDS)}")


def integer(env: Mapping[str, str], name: str, *, default: int, minimum: int, maximum: int) -> int:
    """A whole number in ASCII digits between minimum and maximum, both included."""
    value = text(env, name)
    if not value:
        return default
    # int() alone would take "1_000" and digits of other scripts; the bound on length keeps it from
    # huge input.
    if re.fullmatch(r"[+-]?[0-9]{1,18}", value) and minimum <= int(value) <= maximum:
        return int(value)
    raise _refusal(env, name, f"use a whole number from {minimum} to {maximum}")


def choice(env: Mapping[str, str], name: str, choices: tuple[str, ...], *, default: str) -> str:
    """One of a few words, in any case."""
    value = text(env, name, default=default).lower()
    if value in choices:
        return value
    raise _refusal(env, name, f"use one of {', '.join(choices)}")


def token(env: Mapping[str, str], name: str, *, default: str) -> str:
    """A short word of letters, digits, dots, dashes, plus signs and underscores, such as a version
    or a commit hash.
    """
    value = text(env, name)
    if not value:
        return default
    if re.fullmatch(r"[A-Za-z0-9._+-]{1,64}", value):
        return value
    raise _refusal(
        env, name, "use 1 to 64 letters, digits, dots, dashes, plus signs or underscores"
    )


def email(env: Mapping[str, str], name: str) -> str:
    """An e-mail address, or nothing."""
    value = text(env, name)
    try:
        if value:
            validate_email(value)
    except ValidationError as error:
        raise _refusal(env, name, "use an e-mail address such as hello@citynet.example") from error
    return value


def hosts(env: Mapping[str, str], name: str) -> list[str]:
    """Host names separated by commas, lower case, without scheme, port, path or wildcard."""
    names = [part.strip().lower() for part in text(env, name).split(",") if part.strip()]
    for host in names:
        if not _is_host(host.strip("[]")):
            raise _refusal(
                env,
                name,
                "use host names separated by commas, such as citynet.example,www.citynet.example",
            )
    return names


def site(env: Mapping[str, str], name: str, *, default: str) -> Site:
    """The site's own address: scheme, host and if need be a port, and nothing after it.

    Plain http is accepted for this machine alone: everywhere else it would send passwords in the
    clear.
    """
    value = text(env, name, default=default)
    rule = (
        "use an address such as https://citynet.example or http://localhost:8000, "
        "without path, user or query"
    )
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refusal(env, name, rule, value) from error
    bare = f"[{host}]" if ":" in host else host
    netloc = bare if port is None else f"{bare}:{port}"
    if (
        parts.scheme not in ("http", "https")
        or not _is_host(host)
        or parts.netloc.lower() != netloc
    ):
        raise _refusal(env, name, rule, value)
    if parts.path not in ("", "/") or value.rstrip("/").lower() != f"{parts.scheme}://{netloc}":
        raise _refusal(env, name, rule, value)
    result = Site(url=f"{parts.scheme}://{netloc}", scheme=parts.scheme, netloc=netloc, host=host)
    if not result.is_secure and not result.is_loopback:
        raise _refusal(
            env, name, "use https for every host but localhost, 127.0.0.1 and [::1]", value
        )
    return result


def secret(env: Mapping[str, str], name: str, *, minimum_length: int = 1) -> str:
    """A secret from the variable itself or from the file that NAME_FILE points to; empty when
    neither is set.

    Both at once is an error, since nobody could tell which one counts.
    """
    file_name = f"{name}_FILE"
    value, path = text(env, name), text(env, file_name)
    if value and path:
        raise ImproperlyConfigured(f"{name} and {file_name} are both set: keep one of them.")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(
                f"{file_name} must name a readable UTF-8 file: {type(error).__name__} on {path}."
            ) from error
        if not value:
            raise ImproperlyConfigured(f"{file_name} names an empty file: {path}.")
    if value and len(value) < minimum_length:
        raise ImproperlyConfigured(
            f"{name} is {len(value)} characters long: use at least {minimum_length}, "
            "chosen at random."
        )
    return value


def database(env: Mapping[str, str], name: str, *, default: str, base: Path) -> dict[str, Any]:
    """Django's description of the database that a URL names: SQLite or PostgreSQL.

    A relative SQLite path counts from `base`, so that every command finds the same file wherever
    it is started. Several hosts of PostgreSQL, separated by commas, are asked in turn for the one
    that takes writes, so that the site follows when another one is promoted. The URL may hold a
    password: no message repeats it.
    """
    url = text(env, name, default=default)
    rule = (
        f"{name} is not understood: use sqlite:///var/citynet.sqlite3 (from the project's folder), "
        "sqlite:////absolute/path.sqlite3 or postgresql://user:password@host:5432/name "
        "(several hosts: host1:5432,host2:5432)."
    )
    try:
        parts = urlsplit(url)
        user, at, places = parts.netloc.rpartition("@")
        first, *others = places.split(",")
        parts = parts._replace(netloc=f"{user}{at}{first}")
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(rule) from error
    kind = DATABASE_SCHEMES.get(parts.scheme)
    if kind is None or parts.fragment or not parts.path.strip("/") or port == 0:
        raise ImproperlyConfigured(rule)
    if kind == "sqlite" and (parts.netloc or parts.query or others):
        raise ImproperlyConfigured(rule)
    if kind == "postgresql" and parts.query and not parse_qsl(parts.query, strict_parsing=False):
        raise ImproperlyConfigured(rule)
    try:
        config = dict(dj_database_url.parse(parts.geturl() if others else url))
        if others:
            config |= _several_hosts([first, *others])
            config["OPTIONS"] = {"target_session_attrs": "read-write"} | config.get("OPTIONS", {})
    except ValueError as error:
        raise ImproperlyConfigured(rule) from error
    if kind == "sqlite":
        config["NAME"] = base / str(config["NAME"])
    return config


def _several_hosts(places: list[str]) -> dict[str, str]:
    """Hosts and ports as libpq takes several; raises ValueError where one is none."""
    parts = [urlsplit(f"//{place}") for place in places]
    if not all(_is_host(part.hostname or "") and part.port != 0 for part in parts):
        raise ValueError
    return {
        "HOST": ",".join(part.hostname or "" for part in parts),
        "PORT": ",".join(str(part.port or 5432) for part in parts),
    }


@dataclass(frozen=True)
class MailServer:
    """Where mail leaves by SMTP; without a host it goes into files."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def mail_server(env: Mapping[str, str], name: str) -> MailServer:
    """The SMTP server that a URL names, or none. The URL holds a password: no message repeats it.

    ``smtp://`` with ``?tls=1`` upgrades the connection (587), ``smtps://`` encrypts it from the
    start (465). Neither is accepted for this machine alone.
    """
    rule = (
        f"{name} is not understood: use smtp://user:password@host:587?tls=1, "
        "smtps://user:password@host:465, or smtp://localhost:25 for a server on this machine. "
        "Write characters such as @ and / in a password as %40 and %2F."
    )
    url = text(env, name)
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError as error:
        raise ImproperlyConfigured(rule) from error
    use_ssl, tls = parts.scheme == "smtps", options.pop("tls", "0")
    known = parts.scheme in ("smtp", "smtps") and tls in ("0", "1") and not options
    if not known or not _is_host(host) or parts.path.strip("/") or parts.fragment or port == 0:
        raise ImproperlyConfigured(rule)
    use_tls = tls == "1"
    if (use_ssl and use_tls) or bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(rule)
    if not (use_ssl or use_tls) and host not in LOOPBACK_HOSTS:
        raise ImproperlyConfigured(
            f"{name} would send mail and password in the clear: add ?tls=1, or use smtps://."
        )
    return MailServer(
        host=host,
        port=port or (465 if use_ssl else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=use_tls,
        use_ssl=use_ssl,
    )


def cache(env: Mapping[str, str], name: str, *, default: dict[str, Any]) -> dict[str, Any]:
    """Django's description of the cache that a redis:// URL names, or the default."""
    url = text(env, name)
    if not url:
        return default
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in ("redis", "rediss") and _is_host(parts.hostname or "")
        well_formed = well_formed and parts.port != 0 and not parts.query and not parts.fragment
    except ValueError:
        well_formed = False
    if not well_formed or not re.fullmatch(r"(/[0-9]{0,3})?", parts.path):
        raise ImproperlyConfigured(
            f"{name} is not understood: use redis://user:password@host:6379/0, or leave it out to "
            "keep the cache in the database."
        )
    if find_spec("redis") is None:
        raise ImproperlyConfigured(
            f"{name} names a Redis, whose driver is not installed: .venv/bin/pip install "
            "redis==8.1.0, or leave it out to keep the cache in the database."
        )
    return {"BACKEND": "citynet.redis_cache.SharedCache", "LOCATION": url}


def _is_host(host: str) -> bool:
    return bool(_HOST.fullmatch(host) or _IPV6.fullmatch(host)) and len(host) <= 253


def _refusal(
    env: Mapping[str, str], name: str, rule: str, value: str | None = None
) -> ImproperlyConfigured:
    shown = text(env, name) if value is None else value
    return ImproperlyConfigured(f"{name} is {shown[:200]!r}: {rule}.")
