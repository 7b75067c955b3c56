"""The letters of the desk, in both languages: nobody's language is known."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from apps.background.mail import send_mail_later
from apps.languages.fields import language_codes


def review_asked(review, reviewers):
    _send("review_asked", [user.email for user in reviewers], review.record, review=review)


def review_answered(review):
    asked_by = review.asked_by
    if asked_by and asked_by.email and asked_by != review.answered_by:
        _send("review_answered", [asked_by.email], review.record, review=review)


def planned_failed(record, user, sentences):
    if user and user.email:
        _send("planned_failed", [user.email], record, sentences=sentences)


SUBJECTS = {
    "review_asked": lambda: gettext("Please review"),
    "review_answered": lambda: gettext("Your text was reviewed"),
    "planned_failed": lambda: gettext("A planned publication failed"),
}


def _send(kind, addresses, record, **context):
    opts = record._meta
    page = settings.SITE_URL + reverse(f"admin:{opts.app_label}_{opts.model_name}_publishing", args=[record.pk])
    parts, subjects = [], []
    for code in language_codes():
        with override(code):
            subjects.append(SUBJECTS[kind]())
            parts.append(render_to_string(f"publishing/mail/{kind}.txt", {"record": record, "page": page, **context}))
            name = str(record)
    subject = " ".join(f"{' / '.join(subjects)}: {name}".split())
    for address in addresses:
        send_mail_later(subject, "\n\n* * *\n\n".join(part.strip() for part in parts), [address])
