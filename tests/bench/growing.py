"""Makes the directory larger in its own shape: each city again by other names, with its networks.

Written by SQL into the tables, without a change set: for measuring alone. What is derived (index of
words, likeness) is made anew afterwards.
"""

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from directory.insights import likeness
from directory.models import City, Membership, Statement
from directory.search import index

# Added to a city's name, so that names and the vocabulary of searches grow as well.
SURNAMES = (
    *("Alta", "Bassa", "Nova", "Velha", "Norte", "Sul", "Este", "Oeste", "Ribeira", "Serra"),
    *("Praia", "Lago", "Porto", "Fonte", "Monte", "Vale", "Campo", "Ponte", "Torre"),
)
AGAIN = {
    City: {
        "slug": "slug || '-' || %(surname_key)s",
        "name": "name || ' ' || %(surname)s",
        "name_key": "name_key || ' ' || %(surname_key)s",
        "latitude": "latitude * 0.99",
        "wikidata": "''",
        "geonameid": "NULL",
        "successor_id": "NULL",
    },
    Membership: {"city_id": "city_id + %(cities)s"},
    Statement: {"membership_id": "membership_id + %(memberships)s"},
}


def grow(times: int) -> None:
    """Make the cities and their memberships so many times as many, 20 at most."""
    apart = {model: model.objects.aggregate(last=Max("id"))["last"] for model in AGAIN}
    with transaction.atomic(), connection.cursor() as cursor:
        for copy, surname in enumerate(SURNAMES[: times - 1], start=1):
            for model, changed in AGAIN.items():
                _again(cursor, model, changed, copy, surname, apart)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(AGAIN)):
            cursor.execute(statement)
    index.rebuild()
    likeness.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _again(
    cursor: object, model: type, changed: dict[str, str], copy: int, surname: str, apart: dict
) -> None:
    columns = [field.column for field in model._meta.concrete_fields]
    values = {column: changed.get(column, f'"{column}"') for column in columns if column != "id"}
    names = ", ".join(f'"{column}"' for column in ("id", *values))
    chosen = ", ".join((f"id + {copy} * %(own)s", *values.values()))
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({names}) '
        f'SELECT {chosen} FROM "{model._meta.db_table}" WHERE id <= %(own)s ORDER BY id',
        {
            "own": apart[model],
            "cities": copy * apart[City],
            "memberships": copy * apart[Membership],
            "surname": surname,
            "surname_key": surname.lower(),
        },
    )
