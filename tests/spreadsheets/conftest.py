import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """Whatever language the page of the last test was in, the sentences of the next are compared in English."""
    with translation.override("en"):
        yield
