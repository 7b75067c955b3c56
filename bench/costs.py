"""What a page costs the database and the reader. The same walk as the tests: a new page is measured unasked."""

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from apps.content.vocabulary import read_again
from apps.topics.models import Topic
from tests.pages import public_addresses, transferred_bytes

HOST = {"SERVER_NAME": "127.0.0.1"}


def load_content():
    call_command("migrate", verbosity=0)
    call_command("load_fixtures")


def show_pages():
    client = Client(**HOST)
    for name, address in public_addresses("hi").items():
        client.get(address)  # what a process asks only once, such as its content types
        cache.clear()
        read_again()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            print(f"  {name:24} {len(queries):3} queries {transferred_bytes(client, address):9,} bytes   {address}")


def show_notes(language):
    """Prints each note's bytes; returns the address of the heaviest."""
    client, sizes = Client(**HOST), {}
    with override(language):
        for note in Topic.objects.published():
            address = note.get_absolute_url()
            sizes[address] = transferred_bytes(client, address)
            print(f"  {sizes[address]:9,} bytes   {address}")
    return max(sizes, key=sizes.get)
