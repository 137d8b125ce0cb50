"""Every kind of page answers as meant, with valid HTML."""

import urllib.error
import urllib.request

import pytest

from tests.browser.pages import PAGES, STATUS


@pytest.fixture(scope="session")
def answers(site):
    """Status and HTML of every page, as any client gets them."""
    found = {}
    for path in PAGES:
        try:
            with urllib.request.urlopen(site + path, timeout=60) as response:
                found[path] = response.status, response.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            found[path] = error.code, error.read().decode("utf-8")
    return found


@pytest.fixture(scope="session")
def validation(vnu, answers, tmp_path_factory):
    """The validator's messages by page, from a single run: starting Java is what takes time."""
    pages = {path: html for path, (status, html) in answers.items()}
    return vnu(pages, tmp_path_factory.mktemp("html"))


@pytest.mark.parametrize("path", PAGES)
def test_answers_as_meant(answers, path):
    assert answers[path][0] == STATUS.get(path, 200)


@pytest.mark.parametrize("path", PAGES)
def test_valid_html(validation, path):
    assert not validation.get(path), "\n".join(validation[path])


def test_no_message_is_left_over(validation):
    assert set(validation) <= set(PAGES)
