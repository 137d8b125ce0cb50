"""Which passwords are too easy here, besides those that are easy everywhere."""

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# Documented by README.md, «Accounts and mail».
WORDS = ("network", "cities", "city", "mayor", "membership", "directory", "password", "citynet")
LEAST_BESIDES = 8


class OurWordsValidator(CommonPasswordValidator):
    """Refuses passwords that are little more than words of this site."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = password.lower()
        for word in WORDS:
            rest = rest.replace(word, "")
        if len(rest) < LEAST_BESIDES and rest != password.lower():
            raise ValidationError(self.get_error_message(), code="password_too_common")
