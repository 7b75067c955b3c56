"""Whatever is posted, the answer is a receipt or the form with what was typed and a sentence: never an error."""

import html

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.comments.forms import CommentForm, readable
from apps.comments.models import Comment
from apps.comments.signatures import token_for
from tests.comments.conftest import TYPED

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEW = "/en/topics/nam/comments/new/"
READ_EACH_TIME = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter a name"),
        ("name", " \u00a0\t", "Enter a name"),
        ("name", "\u200b", "at least one word"),
        ("name", "\u0903\u093e ...", "at least one word"),
        ("name", "अ" * 81, "this one has 81"),
        ("name", "As\x00ha", "could not be read"),
        ("email", "asha at home", "not an e-mail address"),
        ("email", "a\x00@learner.example", "not an e-mail address"),
        ("email", "a" * 300 + "@learner.example", "too long"),
        ("text", "", "Write your comment."),
        ("text", " \r\n\t ", "Write your comment."),
        ("text", "\u0301\u093e\u094d", "at least one word"),
        ("text", "\u200b\u200d\u2060", "at least one word"),
        ("text", "?!… 👍", "at least one word"),
        ("text", "a" * 5001, "this one has 5001"),
        ("text", "क" * 1_000_000, "this one has 1000000"),
        ("text", "NUL\x00 byte", "could not be read"),
        ("text", "Bell\x07", "could not be read"),
        ("text", "Not a letter \ufffe", "could not be read"),
    ],
)
def test_a_wrong_field_comes_back_with_what_was_typed_and_a_sentence(send, topic, field, value, sentence):
    response = send(topic, **{field: value})
    assert response.status_code == 422
    page = html.unescape(response.content.decode())
    assert sentence in page
    assert readable(value).strip() in page
    assert f'href="#id_{field}"' in page
    assert 'aria-invalid="true"' in page
    assert f"id_{field}_error" in page.split(f'name="{field}"')[1].split(">")[0]
    assert f'id="id_{field}_error"' in page
    assert not Comment.objects.exists()


def test_only_what_is_wrong_is_marked(send, topic):
    page = send(topic, name="").content.decode()
    assert page.count('aria-invalid="true"') == 1


def test_line_breaks_count_once(send, topic):
    assert send(topic, text="a\r\n" * 2500).status_code == 303
    assert len(Comment.objects.get().text) == 4999


@pytest.mark.parametrize("language", ["en", "hi"])
def test_bad_input_is_answered_in_both_languages(send, topic, language):
    assert send(topic, language, text="").status_code == 422


def test_a_name_stays_on_one_line(send, topic):
    send(topic, name="Asha\r\nRao\n\tDevi")
    assert Comment.objects.get().name == "Asha Rao Devi"


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "base64", "no-such-charset", "raw_unicode_escape"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_request_that_lies_about_its_charset_gets_the_form(reader, topic, charset, kind):
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n+2AA- \\ud800\r\n--x--\r\n'
    assert reader.generic("POST", NEW, body, content_type=f"{kind}; charset={charset}").status_code == 422


@pytest.mark.parametrize(
    "body", [b"text=%ED%A0%80&name=%FF", b"text=%00", b"%00=1", b"\xff\xfe", b"&&&===", b"a" * 10_000]
)
def test_bytes_that_are_no_text_get_the_form(reader, topic, body):
    assert reader.post(NEW, body, content_type="application/x-www-form-urlencoded").status_code == 422


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"{}", "application/json"), (b"broken", "multipart/form-data; boundary=x"), (b"", "multipart/form-data")],
)
def test_a_body_that_is_no_form_is_a_bad_request_or_gets_the_form(reader, topic, body, kind):
    assert reader.post(NEW, body, content_type=kind).status_code in {400, 422}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(reader, topic, method):
    # FormView takes PUT for POST; that is harmless here and answered like one.
    assert getattr(reader, method)(NEW).status_code in {405, 422}


def test_nul_bytes_in_the_address_are_a_bad_request(reader, topic):
    assert reader.get(f"{NEW}?reply=%00").status_code in {400, 404}
    assert reader.get(f"{NEW}?reply=%ED%A0%80").status_code in {400, 404}


anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(name=anything, email=anything, text=anything, subject=anything, reply=anything)
@READ_EACH_TIME
def test_whatever_is_posted_is_kept_or_comes_back(reader, topic, name, email, text, subject, reply):
    typed = {"name": name, "email": email, "text": text, "subject": subject, "reply": reply}
    typed = {field: value.encode("utf-8", "replace").decode() for field, value in typed.items()}
    response = reader.post(NEW, {**TYPED, **typed, "token": "none"})
    assert response.status_code == 422
    assert readable(typed["text"]).strip().splitlines()[:1] == shown_text(response).strip().splitlines()[:1]


@given(typed=st.fixed_dictionaries(dict.fromkeys(["name", "email", "text", "subject", "reply", "token"], anything)))
@READ_EACH_TIME
def test_the_form_survives_lone_surrogates_and_can_be_shown(topic, typed):
    form = CommentForm(typed, topic=topic)
    form.is_valid()
    str(form).encode()


@given(text=anything)
@READ_EACH_TIME
def test_what_the_form_lets_pass_can_be_kept_and_shown(reader, topic, clock, text):
    clock_token = token_for(topic)
    clock.shift(10)
    Comment.objects.all().delete()
    response = reader.post(NEW, {**TYPED, "text": text.encode("utf-8", "replace"), "token": clock_token})
    assert response.status_code in {303, 422}
    if response.status_code == 303:
        assert reader.get(response.headers["Location"]).status_code == 200
        Comment.objects.update(state="approved", decided_at=Comment.objects.get().created_at)
        assert reader.get("/en/topics/nam/").status_code == 200


def shown_text(response):
    page = response.content.decode()
    return html.unescape(page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
