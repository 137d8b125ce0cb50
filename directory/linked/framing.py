"""The few pages that other sites may show in a frame; all others refuse.

A page may only be among them if it has no form and no visitor: nothing on it is worth a stolen
click.
"""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.http import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponseBase]


def may_be_framed(view: View) -> View:
    """Let pages of other sites show the answers of a view in a frame."""
    answer = xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))
    # For the test that knows every such view.
    answer.may_be_framed = True
    return answer
