"""``make bench``: what the pages cost, with the shipped content in a database of its own. About half a minute."""

import logging
import os
import secrets
import tempfile
from pathlib import Path

import django


def main(folder):
    os.environ.update(
        DJANGO_SETTINGS_MODULE="sscportal.settings",
        DATABASE_URL=f"sqlite:///{folder / 'bench.sqlite3'}",
        SECRET_KEY=secrets.token_urlsafe(60),
        SITE_URL="http://127.0.0.1",
        DEBUG="0",
    )
    for name in ("ALLOWED_HOSTS", "BEHIND_PROXY", "CACHE_URL"):
        os.environ.pop(name, None)
    django.setup()
    logging.disable(logging.WARNING)  # the walk meets addresses that answer 404
    from bench import costs, speed  # both import models

    costs.load_content()
    print("Queries of each kind of page when it is made, and bytes of page and stylesheet together, compressed")
    costs.show_pages()
    print("\nThe notes, in Hindi (at most 30,000 bytes)")
    address = costs.show_notes("hi")
    print(f"\nRequests a second of {address} (the heaviest) beside a bare Django view with the same bytes")
    speed.measure(address, folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(Path(name))
