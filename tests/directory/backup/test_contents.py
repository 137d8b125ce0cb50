"""A backup holds every table, but for those that are named with a reason."""

from django.apps import apps
from django.db.models import FileField

from directory.backup.contents import GAZETTEER, LEFT_OUT, tables


def labels(**options):
    return {model._meta.label for model in tables(**options)}


def test_every_table_is_in_a_backup_or_left_out_for_a_reason():
    every = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    assert every == labels(with_gazetteer=True) | (LEFT_OUT.keys() & every)
    assert labels(with_gazetteer=True) - labels(with_gazetteer=False) == set(GAZETTEER)


def test_what_is_left_out_exists():
    # An app that is not installed may be named; a model that its app lost may not.
    installed = {config.label for config in apps.get_app_configs()}
    for label in (*LEFT_OUT, *GAZETTEER):
        if label.partition(".")[0] in installed:
            assert apps.get_model(label)


def test_no_row_of_a_backup_refers_to_one_that_is_left_out():
    held = labels(with_gazetteer=False)
    for model in tables(with_gazetteer=False):
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.db_constraint:
                assert field.related_model._meta.label in held, field


def test_nothing_that_people_say_is_kept_in_a_file_beside_the_database():
    # A backup would lack it.
    for model in tables(with_gazetteer=True):
        for field in model._meta.local_concrete_fields:
            assert not isinstance(field, FileField), field
