"""The names of a record by language."""

from collections.abc import Mapping

from directory.models import City, FocusArea, Label, Network
from directory.models.tables import TABLES
from directory.registration.problems import Invalid, one_line
from directory.registration.values import checked

OWNERS = {City: "city", Network: "network", FocusArea: "focus_area"}


def check_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by language as labels hold them; raises ``Invalid`` by language.

    An empty name means that there is none in that language.
    """
    found: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for language, name in names.items():
        cells = {"language": language} | ({"name": name} if one_line(name) else {})
        try:
            row = checked(TABLES["labels"], cells, allowed=("language", "name"))
        except Invalid as refusal:
            errors[f"name_{language}"] = [text for each in refusal.errors.values() for text in each]
        else:
            found[row["language"]] = row.get("name", "")
    if errors:
        raise Invalid(errors)
    return found


def write_names(record: City | Network | FocusArea, names: Mapping[str, str]) -> None:
    """Write checked names of a record, inside a change set; other languages stay as they are."""
    owner = OWNERS[type(record)]
    for language, name in names.items():
        label = Label.objects.filter(language=language, **{owner: record}).first()
        if not name:
            if label:
                label.delete()
            continue
        label = label or Label(language=language, **{owner: record})
        if label.name != name:
            label.name = name
            label.save()
