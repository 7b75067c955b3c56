from tests.browser.conftest import chromium, open_page, portal  # noqa: F401
