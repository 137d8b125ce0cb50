"""What is done once a day: on which day it was done last, so that it is not done twice."""

from django.db import models

from directory.models.fields import KeyField


class Chore(models.Model):
    """One thing that ``manage.py tick`` does once in a UTC day."""

    name = KeyField(max_length=40, primary_key=True)
    done_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.name}: {self.done_on}"
