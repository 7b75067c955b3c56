"""What somebody does with sheets at the desk: brings one, opens its page, presses its buttons."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.spreadsheets.models import Batch


def address(model, page):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def bring(client, model, content, name="sheet.csv"):
    """The page that comes of bringing a file: the batch's, or the form with what is wrong."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(address(model, "import"), {"import_file": SimpleUploadedFile(name, data)}, follow=True)


def batch():
    """The one that came last."""
    return Batch.objects.first()


def its(page, of=None):
    return reverse(f"admin:spreadsheets_batch_{page}", args=[(of or batch()).pk])


def press(client, button, of=None, **more):
    return client.post(its("change", of), {button: "1", **more}, follow=True)


def body(response):
    return b"".join(response.streaming_content)


def undo(client, of=None):
    """The page after the question whether it shall be undone was answered with yes."""
    return client.post(its("undo", of), {"undo": "1"}, follow=True)
