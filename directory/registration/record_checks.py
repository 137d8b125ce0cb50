"""What the columns of one record, or records together, cannot say; with the field to mend."""

from typing import Any

from django.utils.translation import gettext as _

from directory.models import City, FocusArea, Network
from directory.models.choices import NetworkStatus
from directory.models.columns import Table
from directory.registration.problems import Invalid

OVER = (NetworkStatus.ENDED, NetworkStatus.MERGED)


def check_record(table: Table, instance: Any) -> None:
    """Raise ``Invalid`` with the sentences by column."""
    errors = _taken(table, instance)
    if isinstance(instance, Network):
        errors |= _network(instance)
    if isinstance(instance, FocusArea) and instance.parent and instance.parent.parent_id:
        errors["parent"] = _("Focus areas are two levels deep; choose an area at the top.")
    if isinstance(instance, Network | FocusArea) and _leads_back(instance, "parent"):
        errors["parent"] = _("This leads back to the record itself.")
    if isinstance(instance, City) and _leads_back(instance, "successor"):
        errors["successor"] = _("This leads back to the city itself.")
    if errors:
        raise Invalid({column: [sentence] for column, sentence in errors.items()})


def _taken(table: Table, instance: Any) -> dict[str, str]:
    """Return the columns whose value another record has, where only one may."""
    errors = {}
    for column in table.columns:
        if not column.unique or (value := column.read(instance)) in (None, ""):
            continue
        same = table.model._default_manager.filter(**{column.fields[0]: value})
        other = same.exclude(pk=instance.pk).first()
        if other:
            errors[column.name] = _("%(other)s has this already; only one record may.") % {
                "other": other
            }
    return errors


def _network(network: Network) -> dict[str, str]:
    errors = {}
    if network.ended is not None and network.status not in OVER:
        errors["ended"] = _("Only a network that has ended has a year of ending.")
    if network.ended and network.founded and network.ended < network.founded:
        errors["ended"] = _("It cannot end before it was founded.")
    if (network.status == NetworkStatus.MERGED) != (network.merged_into_id is not None):
        errors["merged_into"] = _("A merged network, and no other, names the one it is part of.")
    elif _leads_back(network, "merged_into"):
        errors["merged_into"] = _("This leads back to the network itself.")
    if network.stated_members is None and (
        network.stated_members_as_of or network.stated_members_source
    ):
        errors["stated_members"] = _("A source without a number; write the number.")
    if network.stated_members is not None and not network.stated_members_source:
        errors["stated_members_source"] = _("Write the address where the number stands.")
    return errors


def _leads_back(instance: City | Network | FocusArea, name: str) -> bool:
    """Whether following a reference from record to record comes back to this one."""
    seen = set()
    following = getattr(instance, name)
    while following is not None and following.pk not in seen:
        if following.pk == instance.pk:
            return True
        seen.add(following.pk)
        following = getattr(following, name)
    return False
