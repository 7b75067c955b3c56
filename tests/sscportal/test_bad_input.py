"""What nobody should send and somebody does: an answer with a sentence, never a 500 (the test client raises on one)."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from apps.languages.fields import language_codes
from tests.factories import EventFactory, GlossaryTermFactory, OrganisationFactory, QuestionFactory, TopicFactory
from tests.pages import public_addresses, public_patterns

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NUL, SURROGATE, HUGE = "%00", "%ed%a0%80", "9" * 30
ODD = [HUGE, f"-{HUGE}", "abc", "1.5", "%D9%A1", "%ff%27", ""]
UNREADABLE = [NUL, SURROGATE, f"before{NUL}after", f"%e0%a4%86{SURROGATE}"]

NAMES = sorted(name for name, _view, _converters in public_patterns())
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def records():
    """One public record of each kind, so that every public address leads somewhere."""
    term, organisation, event = GlossaryTermFactory(), OrganisationFactory(), EventFactory()
    topic = TopicFactory(sections=1, terms=[term], organisations=[organisation], events=[event])
    QuestionFactory(topic=topic)


@pytest.fixture
def address(records, request):
    return public_addresses()[request.param]


each_page = pytest.mark.parametrize("address", NAMES, indirect=True)


def parameters(response):
    """The names that a page reads from its query: what every list has, and its own filters."""
    own = [each.name for each in (response.context or {}).get("filters", [])]
    return ["page", "q", "reply", "preview", *own]


@each_page
def test_a_page_refuses_what_no_database_can_read(reader, address):
    for value in UNREADABLE:
        assert reader.get(f"{address}?q={value}").status_code == 400, value


@each_page
def test_a_page_answers_any_other_nonsense_in_its_query(reader, address):
    for name in parameters(reader.get(address)):
        for value in ODD:
            status = reader.get(f"{address}?{name}={value}").status_code
            assert status in {200, 302, 400, 404, 405, 410, 503}, (name, value)


@each_page
def test_a_page_answers_any_method(records, address):
    client = Client()
    for method in ["post", "put", "patch", "delete", "options", "head", "trace"]:
        assert getattr(client, method)(address).status_code < 500, method


@pytest.mark.parametrize("page", ["abc", HUGE, "0", "-1", "2"])
def test_a_list_has_no_such_page(reader, records, page):
    lists = [address for name, address in public_addresses().items() if name.endswith(":list")]
    answers = {address: reader.get(f"{address}?page={page}").status_code for address in lists}
    assert set(answers.values()) <= {404, 200}
    paginated = [address for address in lists if reader.get(address).context.get("paginator")]
    assert paginated
    assert {answers[address] for address in paginated} == {404}


@pytest.mark.parametrize("tail", [NUL, SURROGATE, HUGE, "%ff", "x" * 3000, "%F0%9F%98%80", "..%2f", "<script>", "%0a"])
def test_no_record_has_such_a_slug(reader, records, tail):
    for language in language_codes():
        for address in public_addresses(language).values():
            assert reader.get(f"{address}{tail}/").status_code in {400, 404}, address


def test_there_is_no_such_language(reader, records):
    for address in public_addresses().values():
        if address.startswith("/en/"):
            assert reader.get(address.replace("/en/", "/xx/", 1)).status_code == 404


def test_a_cookie_can_t_break_the_page(reader):
    for value in ['"aaaaaaaa\\000"', "x" * 3000, '"\\377\\376"', HUGE]:
        for name in ["sessionid", "csrftoken", "messages", "django_language"]:
            for address in ["/", "/en/", "/admin/"]:
                response = reader.get(address, headers={"Cookie": f"{name}={value}"})
                assert response.status_code in {200, 302, 400}, (name, value)


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "hex", "idna", "utf-16", "nonsense"])
def test_a_claimed_charset_smuggles_nothing_in(reader, charset):
    claim = f"application/x-www-form-urlencoded; charset={charset}"
    for query in ["q=%5cx00", "q=%5cud800", "q=+AAA-", "q=abc"]:
        assert reader.generic("GET", f"/en/search/?{query}", content_type=claim).status_code == 200
        form = query.replace("q=", "password=x&username=").encode()
        assert reader.generic("POST", "/admin/login/", form, content_type=claim).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_changelist_answers_any_query(editor, records, model, request):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    changelist = editor.get(address).context["cl"]
    names = ["q", "p", "o", "all", "id__exact", "pk__in", "_to_field", "nothing__in"]
    names += [name for spec in changelist.filter_specs for name in spec.expected_parameters() if name]
    if changelist.date_hierarchy:
        names += [f"{changelist.date_hierarchy}__{part}" for part in ("year", "month", "day")]
    first, *others = ODD
    for name in names:
        assert editor.get(f"{address}?{name}={first}").status_code in {200, 302, 400, 404}, (name, first)
    for value in UNREADABLE:
        assert editor.get(f"{address}?q={value}").status_code == 400, value
    request.getfixturevalue("unrendered")
    for name in names:
        for value in others:
            assert editor.get(f"{address}?{name}={value}").status_code in {200, 302, 400, 404}, (name, value)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_record_has_such_an_id_in_the_admin(editor, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for key in [HUGE, "abc", NUL, SURROGATE, "_00", "_", "x" * 3000]:
        for page in ["change", "delete", "history"]:
            assert editor.get(f"{address}{key}/{page}/").status_code in {302, 400, 403, 404}, (key, page)


def test_the_admin_s_own_suggestions_answer_anything(editor):
    address = reverse("admin:autocomplete")
    for value in [*ODD, *UNREADABLE]:
        for query in [
            f"app_label={value}",
            f"app_label=topics&model_name=topic&field_name=events&term={value}&page={value}",
        ]:
            assert editor.get(f"{address}?{query}").status_code in {200, 400, 403, 404}, value
