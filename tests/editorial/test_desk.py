"""What every page of the desk has, and the way in."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_desk_has_the_portals_name_and_a_link_to_the_site(editor):
    page = editor.get("/admin/").content.decode()
    assert "editors’ desk" in page
    assert 'href="/"' in page


@pytest.mark.parametrize("there", ["/admin/login/", "/admin/"])
def test_each_language_is_offered_in_its_own_words_and_stays(editor, there):
    browser = Client() if "login" in there else editor
    page = browser.get(there).content.decode()
    for code, name in (("en", "English"), ("hi", "हिन्दी")):
        assert f'value="{code}" lang="{code}"' in page
        assert f">{name}</button>" in page
    browser.post("/i18n/setlang/", {"language": "hi", "next": there})
    assert '<html lang="hi"' in browser.get(there).content.decode()


def test_users_and_groups_are_kept_here_too(editor):
    assert editor.get("/admin/auth/user/").status_code == 200
    assert editor.get("/admin/auth/group/").status_code == 200


def test_a_wrong_password_too_often_is_told_when_to_try_again(client, django_user_model):
    django_user_model.objects.create_user("meera", password="a-long-password-1", is_staff=True)
    for _attempt in range(6):
        response = client.post("/admin/login/", {"username": "meera", "password": "wrong"})
    assert response.status_code == 429
    assert "30 minutes" in response.content.decode()
    # The right password does not help from here, and another editor is not shut out.
    assert client.post("/admin/login/", {"username": "meera", "password": "a-long-password-1"}).status_code == 429
    django_user_model.objects.create_user("ravi", password="a-long-password-1", is_staff=True)
    assert client.post("/admin/login/", {"username": "ravi", "password": "a-long-password-1"}).status_code == 302
