"""The queue at the desk."""

import pytest
from django.contrib.auth.models import Permission
from django_tasks import TaskResultStatus as Status

from apps.background.failures import Abandoned
from apps.background.mail import send_mail_later
from apps.background.models import QueuedTask
from tests.background import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST = "/admin/background/queuedtask/"


@pytest.fixture
def failed(work_off, done):
    tasks.fail.enqueue(done.path, message="The <mail> server said no.")
    work_off()
    return QueuedTask.objects.get()


def try_again(browser, *chosen):
    return browser.post(LIST, {"action": "try_again", "_selected_action": [task.pk for task in chosen]}, follow=True)


def test_the_list_and_a_task_say_what_happened(editor, failed):
    for address in (LIST, f"{LIST}{failed.pk}/change/"):
        page = editor.get(address).content.decode()
        assert "ValueError: The &lt;mail&gt; server said no." in page
        assert "Failed" in page


def test_a_task_that_killed_its_workers_is_explained_in_a_sentence(editor, failed):
    QueuedTask.objects.update(exception_class_path=f"{Abandoned.__module__}.{Abandoned.__qualname__}")
    assert "It is not tried again by itself." in editor.get(LIST).content.decode()


def test_a_mail_is_told_from_another_in_the_list(editor, queue):
    send_mail_later("Please review", "A long letter. " * 9, ["asha@portal.example"])
    page = editor.get(LIST).content.decode()
    assert "Send a mail" in page
    assert "Please review, A long letter. " in page
    assert "asha@portal.example" in page


def test_the_list_can_be_narrowed_to_what_failed(editor, failed, work_off, done):
    tasks.note.enqueue(done.path, "well")
    work_off()
    page = editor.get(f"{LIST}?state=FAILED").context["cl"]
    assert list(page.queryset) == [failed]


def test_a_failed_task_can_be_tried_again_with_all_its_attempts(editor, failed):
    page = try_again(editor, failed).content.decode()
    assert "1 task waits again." in page
    failed.refresh_from_db()
    assert (failed.status, failed.attempt, failed.traceback) == (Status.READY, 0, "")


def test_a_task_that_did_not_fail_stays_as_it_is(editor, work_off, done):
    tasks.note.enqueue(done.path, "once")
    work_off()
    assert "None of the chosen tasks failed" in try_again(editor, QueuedTask.objects.get()).content.decode()
    assert QueuedTask.objects.get().status == Status.SUCCESSFUL


def test_whoever_may_only_look_is_offered_no_second_try(client, django_user_model, failed):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_queuedtask"))
    client.force_login(viewer)
    assert 'value="try_again"' not in client.get(LIST).content.decode()
    try_again(client, failed)
    assert QueuedTask.objects.get().status == Status.FAILED


@pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
def test_nobody_adds_or_deletes_a_task_by_hand(editor, failed, page):
    assert editor.get(LIST + page.format(pk=failed.pk)).status_code == 403


def test_nobody_changes_a_task_by_hand(editor, failed):
    assert editor.post(f"{LIST}{failed.pk}/change/", {"status": "READY"}).status_code == 403


def test_the_librarys_own_list_is_not_shown_beside_ours(editor):
    assert editor.get("/admin/django_tasks_database/dbtaskresult/").status_code == 404


def test_a_list_of_a_hundred_tasks_takes_few_queries(editor, queue, done, django_assert_max_num_queries):
    for number in range(100):
        tasks.note.enqueue(done.path, number)
    with django_assert_max_num_queries(6):
        assert editor.get(LIST).status_code == 200
