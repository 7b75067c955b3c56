import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus as Status

from apps.background.mail import send_mail_later
from apps.background.models import QueuedTask

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_each_address_gets_a_mail_of_its_own_and_sees_no_other(mailoutbox):
    send_mail_later("Ready for review", "Please read it.", ["asha@portal.example", "ravi@portal.example"])
    assert [mail.to for mail in mailoutbox] == [["asha@portal.example"], ["ravi@portal.example"]]
    assert {(mail.subject, mail.body) for mail in mailoutbox} == {("Ready for review", "Please read it.")}
    assert not any(mail.cc or mail.bcc for mail in mailoutbox)


def test_an_address_given_twice_gets_one(mailoutbox):
    send_mail_later("Ready", "Read.", ["asha@portal.example", "asha@portal.example"])
    assert len(mailoutbox) == 1


def test_a_subject_of_two_lines_is_sent_as_one(mailoutbox):
    send_mail_later("Ready:\nअध्ययन नोट", _("English"), ["asha@portal.example"])
    assert mailoutbox[0].subject == "Ready: अध्ययन नोट"
    assert mailoutbox[0].message()["Subject"]


def test_a_mail_waits_for_the_worker(work_off, mailoutbox):
    send_mail_later("Ready", "Read.", ["asha@portal.example"])
    assert mailoutbox == []
    work_off()
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("queue")
def test_what_was_rolled_back_sends_no_mail():
    with transaction.atomic():
        send_mail_later("Ready", "Read.", ["asha@portal.example"])
        transaction.set_rollback(True)
    assert not QueuedTask.objects.exists()


def test_a_mail_sent_twice_bears_one_message_id(work_off, mailoutbox):
    send_mail_later("Ready", "Read.", ["asha@portal.example"])
    work_off()
    QueuedTask.objects.update(status=Status.READY)
    work_off()
    first, second = (mail.message()["Message-ID"] for mail in mailoutbox)
    assert first == second
    assert first.endswith("@localhost>")


def test_while_the_mail_server_is_down_the_mail_stays_in_the_queue(work_off, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_mail_later("Ready", "Read.", ["asha@portal.example"])
    work_off()
    task = QueuedTask.objects.get()
    assert (task.status, task.attempt) == (Status.READY, 1)
    assert task.exception_class_path == "builtins.ConnectionRefusedError"
