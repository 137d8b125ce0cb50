"""The same JSON made by the database, in one SQL statement each, behind bare views."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from directory.search.words import words

# What the two databases call the same things.
SQLITE = {
    "object": "json_object",
    "list": "json_group_array",
    "true": "json('true')",
    "false": "json('false')",
}
POSTGRESQL = {
    "object": "json_build_object",
    "list": "json_agg",
    "true": "true",
    "false": "false",
}
PAGE = 100
PAGE_OF_SEARCH = 50


def memberships(request: HttpRequest) -> HttpResponse:
    """``?network=eurocities&after=0``: a hundred memberships, nested."""
    today = timezone.now().date()
    asked = {
        "site": settings.SITE_URL,
        "network": request.GET["network"],
        "after": int(request.GET.get("after", "0")),
        "day": today.isoformat(),
        "year": today.year,
    }
    return _answer(_memberships(), asked)


def search(request: HttpRequest) -> HttpResponse:
    """``?q=womens safety``: networks that hold every word, the counts of each facet, cities."""
    asked = words(request.GET["q"])[:12]
    today = timezone.now().date()
    parameters: dict[str, Any] = {"site": settings.SITE_URL, "day": today.isoformat()}
    parameters |= {f"word{number}": word for number, word in enumerate(asked)}
    parameters["words"] = len(set(asked))
    return _answer(_search(len(asked)), parameters)


def _answer(statement: str, parameters: dict[str, Any]) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (found,) = cursor.fetchone()
    # psycopg2 reads json into Python unless it comes as text.
    return HttpResponse(found, content_type="application/json")


def _words() -> dict[str, str]:
    return SQLITE if settings.USES_SQLITE else POSTGRESQL


def _object(**columns: str) -> str:
    pairs = ", ".join(f"'{name}', {value}" for name, value in columns.items())
    return f"{_words()['object']}({pairs})"


def _nested(value: str) -> str:
    return f"json({value})" if settings.USES_SQLITE else value


def _stored(column: str) -> str:
    return f"json({column})" if settings.USES_SQLITE else f"{column}::json"


def _boolean(condition: str) -> str:
    return f"CASE WHEN {condition} THEN {_words()['true']} ELSE {_words()['false']} END"


def _number(letter: str, column: str) -> str:
    padded = f"substr(CAST(100000 + {column} AS text), 2)"
    return (
        f"'{letter}' || CASE WHEN {column} < 100000 THEN {padded} ELSE CAST({column} AS text) END"
    )


def _list(of: str, source: str) -> str:
    """Return the JSON list of ``of`` over the rows of a subquery, empty where there are none."""
    empty = "json('[]')" if settings.USES_SQLITE else "'[]'::json"
    gathered = f"{_words()['list']}({_nested(of)})"
    return f"COALESCE((SELECT {gathered} FROM ({source}) AS each), {empty})"


def _known(column: str) -> str:
    return f"NULLIF({column}, '')"


def _country(name: str, prefix: str) -> str:
    return _object(
        code=f"{name}.code",
        name=f"{name}.name",
        url=f"%(site)s || '/api/v1/countries/' || {name}.code || '/'",
    )


def _membership() -> str:
    statements = _list(
        _object(
            id=_number("s", "each.id"),
            url=f"%(site)s || '/api/v1/statements/' || {_number('s', 'each.id')} || '/'",
            voice="each.voice",
            says="each.says",
            joined=_known("each.joined"),
            left=_known('each."left"'),
            ended=_boolean("each.ended"),
            source=_known("each.source"),
            source_year="each.source_year",
            checked=_boolean("each.checked"),
            written_as=_known("each.written_as"),
            made="each.made",
        ),
        "SELECT * FROM directory_statement WHERE membership_id = m.id ORDER BY id",
    )
    newest = "(SELECT MAX(source_year) FROM directory_statement WHERE membership_id = m.id)"
    confirmed = (
        "(SELECT MAX(made) FROM directory_statement WHERE membership_id = m.id "
        "AND voice IN ('city', 'network') AND says = 'member')"
    )
    return _object(
        id=_number("m", "m.id"),
        url=f"%(site)s || '/api/v1/memberships/' || {_number('m', 'm.id')} || '/'",
        html_url=f"%(site)s || '/memberships/' || {_number('m', 'm.id')} || '/'",
        network=_nested(
            _object(
                slug="n.slug",
                name="n.name",
                acronym=_known("n.acronym"),
                url="%(site)s || '/api/v1/networks/' || n.slug || '/'",
            )
        ),
        city=_nested(
            _object(
                slug="c.slug",
                name="c.name",
                country=_nested(_country("k", "")),
                admin1_name=_known("c.admin1_name"),
                latitude="c.latitude",
                longitude="c.longitude",
                url="%(site)s || '/api/v1/cities/' || c.slug || '/'",
            )
        ),
        role="m.role",
        founder=_boolean("m.founder"),
        joined=_known("m.joined"),
        left=_known('m."left"'),
        ended=_boolean("m.ended"),
        current=_boolean(
            "(m.\"left\" = '' AND NOT m.ended) "
            "OR (m.joined_first_day <= %(day)s AND m.left_last_day >= %(day)s)"
        ),
        as_of_answer="NULL",
        standing="m.standing",
        newest_year=newest,
        old=_boolean(f"{newest} < %(year)s - 5"),
        last_confirmed=confirmed,
        statements=statements,
    )


def _memberships() -> str:
    page = (
        "SELECT m.*, c.id AS the_city, n.id AS the_network FROM directory_membership m "
        "JOIN directory_network n ON n.id = m.network_id JOIN directory_city c ON c.id = m.city_id "
        f"WHERE n.slug = %(network)s AND m.id > %(after)s ORDER BY m.id LIMIT {PAGE}"
    )
    rows = (
        f"SELECT {_membership()} AS row FROM ({page}) AS m "
        "JOIN directory_network n ON n.id = m.network_id JOIN directory_city c ON c.id = m.city_id "
        "JOIN directory_country k ON k.code = c.country_id ORDER BY m.id"
    )
    count = (
        "(SELECT COUNT(*) FROM directory_membership WHERE network_id = "
        "(SELECT id FROM directory_network WHERE slug = %(network)s))"
    )
    whole = _object(count=count, results=_list("each.row", rows))
    return f"SELECT {_text(whole)}"


def _text(value: str) -> str:
    return value if settings.USES_SQLITE else f"({value})::text"


# Facet → its value in terms of a network n, and what is joined for it.
FACETS = {
    "focus_area": (
        "f.slug",
        "JOIN directory_networkfocusarea l ON l.network_id = n.id "
        "JOIN directory_focusarea f ON f.id = l.focus_area_id",
    ),
    "scope": ("n.scope", ""),
    "region": (
        "r.slug",
        "JOIN directory_network_regions l ON l.network_id = n.id "
        "JOIN directory_region r ON r.id = l.region_id",
    ),
    "member_country": (
        "c.country_id",
        "JOIN directory_membership l ON l.network_id = n.id "
        "JOIN directory_city c ON c.id = l.city_id",
    ),
    "status": ("n.status", ""),
    "kind": ("n.kind", ""),
    "joining": ("n.joining", ""),
    "fee": ("n.fee", ""),
    "funder": (
        "f.slug",
        "JOIN directory_network_funders l ON l.network_id = n.id "
        "JOIN directory_funder f ON f.id = l.funder_id",
    ),
    "standing": ("n.standing", ""),
}


def _network() -> str:
    areas = _list(
        _object(rank="each.rank", slug="each.slug", name="each.name", parent="each.parent"),
        "SELECT l.rank, f.slug, f.name, p.slug AS parent FROM directory_networkfocusarea l "
        "JOIN directory_focusarea f ON f.id = l.focus_area_id "
        "LEFT JOIN directory_focusarea p ON p.id = f.parent_id "
        "WHERE l.network_id = n.id ORDER BY l.rank",
    )
    regions = _list(
        _object(slug="each.slug", name="each.name"),
        "SELECT r.slug, r.name FROM directory_network_regions l "
        "JOIN directory_region r ON r.id = l.region_id WHERE l.network_id = n.id",
    )
    countries = _list(
        _country("each", ""),
        "SELECT k.code, k.name FROM directory_network_countries l "
        "JOIN directory_country k ON k.code = l.country_id WHERE l.network_id = n.id",
    )
    funders = _list(
        _object(
            slug="each.slug",
            name="each.name",
            url="%(site)s || '/api/v1/funders/' || each.slug || '/'",
        ),
        "SELECT f.slug, f.name FROM directory_network_funders l "
        "JOIN directory_funder f ON f.id = l.funder_id WHERE l.network_id = n.id",
    )
    listed = (
        "(SELECT COUNT(DISTINCT city_id) FROM directory_membership m WHERE m.network_id = n.id "
        "AND ((m.\"left\" = '' AND NOT m.ended) "
        "OR (m.joined_first_day <= %(day)s AND m.left_last_day >= %(day)s)))"
    )
    return _object(
        slug="n.slug",
        url="%(site)s || '/api/v1/networks/' || n.slug || '/'",
        html_url="%(site)s || '/networks/' || n.slug || '/'",
        name="n.name",
        acronym=_known("n.acronym"),
        aliases=_stored("n.aliases"),
        summary="n.summary",
        status="n.status",
        kind="n.kind",
        scope="n.scope",
        founded="n.founded",
        ended="n.ended",
        focus_areas=areas,
        regions=regions,
        countries=countries,
        headquarters=_nested(
            _object(city=_known("n.headquarters_city"), country="n.headquarters_country_id")
        ),
        website=_known("n.website"),
        members_are="n.members_are",
        joining="n.joining",
        fee="n.fee",
        eligibility=_known("n.eligibility"),
        members_url=_known("n.members_url"),
        stated_members="n.stated_members",
        listed_members=listed,
        funders=funders,
        standing="n.standing",
        sources=_stored("n.sources"),
    )


def _search(number_of_words: int) -> str:
    terms = ", ".join(f"%(word{number})s" for number in range(number_of_words)) or "''"
    found = (
        "SELECT network_id, SUM(weight) AS score FROM directory_networkterm "
        f"WHERE term IN ({terms}) GROUP BY network_id HAVING COUNT(DISTINCT term) >= %(words)s"
    )
    cities = (
        f"SELECT city_id, SUM(weight) AS score FROM directory_cityterm WHERE term IN ({terms}) "
        "GROUP BY city_id HAVING COUNT(DISTINCT term) >= %(words)s"
    )
    facets = {
        name: _list(
            _object(value="each.value", count="each.number"),
            f"SELECT {value} AS value, COUNT(DISTINCT n.id) AS number FROM found "
            f"JOIN directory_network n ON n.id = found.network_id {joined} GROUP BY 1 ORDER BY 1",
        )
        for name, (value, joined) in FACETS.items()
    }
    rows = (
        f"SELECT {_network()} AS row FROM (SELECT n.*, found.score FROM found "
        "JOIN directory_network n ON n.id = found.network_id "
        f"ORDER BY found.score DESC, n.name_key LIMIT {PAGE_OF_SEARCH}) AS n "
        "ORDER BY n.score DESC, n.name_key"
    )
    best = (
        "SELECT c.slug, c.name, c.country_id, c.population FROM named "
        "JOIN directory_city c ON c.id = named.city_id ORDER BY named.score DESC, c.slug LIMIT 5"
    )
    whole = _object(
        count="(SELECT COUNT(*) FROM found)",
        facets=_nested(_object(**facets)),
        results=_list("each.row", rows),
        cities=_nested(
            _object(
                count="(SELECT COUNT(*) FROM named)",
                results=_list(
                    _object(
                        slug="each.slug",
                        name="each.name",
                        country="each.country_id",
                        population="each.population",
                    ),
                    best,
                ),
            )
        ),
    )
    return f"WITH found AS ({found}), named AS ({cities}) SELECT {_text(whole)}"
