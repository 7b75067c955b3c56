"""Every address of the desk × every role × GET and POST, with rows of one's own and rows of somebody else's.

The addresses are read from the urlconf. One that no table below knows fails the test: say here who may open it.
"""

import copy
from functools import cache
from itertools import permutations

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from apps import audit
from apps.accounts.models import SignInRule
from apps.audit.models import Entry
from apps.comments.models import Comment
from apps.content.models import Content, record_models
from apps.editorial.admin import CitationAdmin, RecordAdmin
from apps.editorial.rights import may
from apps.editorial.roles import roles
from apps.editorial.sheets import bringing
from apps.languages.fields import language_codes
from apps.sources.models import Citation, Source
from apps.spreadsheets.models import Batch
from tests.comments.factories import CommentFactory
from tests.editorial.families import make
from tests.factories import CitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

METHODS = ("GET", "POST")
LANGUAGE = "hi"
# Translators into one language stand for those into the others.
ROLES = [role.group for role in roles() if role.into != ("en",)] + ["superuser", "no role"]


# --- Who may open what: each rule is a question about a user and a row (or, for a whole kind, its model) ------------


def nobody(user, about):
    return False


def everybody(user, about):
    """Everybody at the desk."""
    return True


def sees_all_sheets(user, about):
    return user.has_perm("spreadsheets.view_batch")


def act(name):
    return lambda user, about: may(user, name, about, language=LANGUAGE)


def right(code):
    return lambda user, about: user.has_perm(code)


def both(*rules):
    return lambda user, about: all(rule(user, about) for rule in rules)


def whole(rule):
    """Not for a part, which is added and deleted in the form of its whole."""
    return lambda user, about: not about.whole_relation and rule(user, about)


def brings(user, about):
    """Whoever may bring something by a sheet of that kind: all of it, or the texts in one language."""
    return bool(bringing(user, about._meta.label_lower))


def sees_sheets(user, about):
    """The list: whoever can bring a sheet of any kind."""
    return sees_all_sheets(user, about) or any(brings(user, model) for model in record_models())


def translates(user, about):
    """The translator's sheet: whoever may bring one, between whichever languages."""
    return any(bringing(user, f"translate:{source}:{target}") for source, target in permutations(language_codes(), 2))


def sees_sheet(user, about):
    return sees_all_sheets(user, about) or about.by == user


def undoes(user, about):
    """Whoever brought a sheet and still may; of all sheets that they see, who may bring all that a sheet can hold."""
    given = bringing(user, about.sheet)
    return sees_sheet(user, about) and (given.everything or (about.by == user and bool(given)))


BRINGS_BACK = whole(both(act("view"), act("add"), act("delete")))

# By page of a record's admin: who may GET it, and who may POST to it.
RECORD_PAGES = {
    "changelist": (act("view"), act("view")),
    "add": (whole(act("add")), whole(act("add"))),
    "change": (act("view"), act("change")),
    "delete": (whole(act("delete")), whole(act("delete"))),
    "history": (act("view"), act("view")),
    "compare": (whole(act("view")), whole(act("change"))),
    "deleted": (BRINGS_BACK, BRINGS_BACK),
    "deleted_record": (nobody, nobody),  # of a row that is there, nothing was deleted
    "import": (brings, brings),
    "export": (act("export"), act("export")),
    "preview": (act("view"), act("view")),
    "widths": (act("view"), act("view")),
    "publishing": (act("view"), nobody),  # without an act there is nothing to do; each act has its own right
    "translate": (act("translate"), act("translate")),
    "open": (act("view"), act("view")),
    "check_text": (nobody, act("view")),  # takes a pasted text, by POST alone
    "discard_typed": (everybody, everybody),  # one's own typing
    "paste": (act("add"), act("add")),
}
# Citations are listed and kept in sheets; each is written in its record's form.
CITATION_PAGES = {
    **{page: RECORD_PAGES[page] for page in ("changelist", "import", "export")},
    "delete": (act("delete"), act("delete")),
    **dict.fromkeys(("add", "change", "history"), (nobody, nobody)),
}
SUPERUSERS = (right("no.such_right"),) * 2
# By the name of the address, or what it begins with, for everything else.
OTHERS = {
    "admin:index": (everybody,) * 2,
    "admin:app_list": (everybody,) * 2,
    "admin:logout": (everybody,) * 2,
    "admin:password_change": (everybody,) * 2,
    "admin:password_change_done": (everybody,) * 2,
    "admin:jsi18n": (everybody,) * 2,
    "admin:view_on_site": (nobody,) * 2,  # answers 404: nothing here has a page by that way
    "admin:autocomplete": (nobody,) * 2,  # without a field it is refused; its right is tested with the forms
    "second_factor:": (everybody,) * 2,
    "admin:axes_": SUPERUSERS,
    "admin:axes_accessattempt_add": (nobody,) * 2,
    "admin:axes_accesslog_add": (nobody,) * 2,
    "admin:axes_accessfailurelog_add": (nobody,) * 2,
    "admin:audit_entry_changelist": (right("audit.view_entry"),) * 2,
    "admin:audit_entry_history": (nobody,) * 2,
    "admin:audit_entry_": (nobody,) * 2,
    "admin:translations_minoredit_changelist": (right("translations.view_minoredit"),) * 2,
    "admin:translations_minoredit_add": (nobody,) * 2,
    "admin:background_queuedtask_changelist": (right("background.view_queuedtask"),) * 2,
    "admin:background_queuedtask_add": (nobody,) * 2,
    "admin:accounts_signinrule_change": (right("accounts.view_signinrule"), right("accounts.change_signinrule")),
    "admin:accounts_signinrule_changelist": (right("accounts.view_signinrule"),) * 2,
    "admin:accounts_signinrule_history": (right("accounts.view_signinrule"),) * 2,
    "admin:accounts_signinrule_": (nobody,) * 2,
    "admin:spreadsheets_batch_changelist": (sees_sheets,) * 2,
    "admin:spreadsheets_batch_change": (sees_sheet,) * 2,
    "admin:spreadsheets_batch_undo": (undoes,) * 2,
    "admin:spreadsheets_batch_progress": (sees_sheet, nobody),
    "admin:spreadsheets_batch_errors": (sees_sheet, nobody),
    "admin:spreadsheets_batch_marked": (sees_sheet, nobody),
    "admin:spreadsheets_batch_translators_sheet": (translates,) * 2,
    "admin:comments_comment_changelist": (right("comments.view_comment"),) * 2,
    "admin:comments_comment_change": (right("comments.view_comment"), right("comments.change_comment")),
    "admin:comments_comment_history": (right("comments.view_comment"),) * 2,
    "admin:comments_comment_delete": (right("comments.delete_comment"),) * 2,
    "admin:comments_comment_export": (both(right("comments.view_comment"), right("comments.export_comment")),) * 2,
    "admin:comments_comment_add": (nobody,) * 2,
    "admin:auth_user_changelist": (right("auth.view_user"),) * 2,
    "admin:auth_user_add": (right("auth.add_user"),) * 2,
    "admin:auth_user_change": (right("auth.view_user"), right("auth.change_user")),
    "admin:auth_user_history": (right("auth.view_user"),) * 2,
    "admin:auth_user_delete": (right("auth.delete_user"),) * 2,
    "admin:auth_user_": (right("auth.change_user"),) * 2,  # the password, the link, the second factor
    "admin:auth_group_changelist": (right("auth.view_group"),) * 2,
    "admin:auth_group_add": (right("auth.add_group"),) * 2,
    "admin:auth_group_change": (right("auth.view_group"), right("auth.change_group")),
    "admin:auth_group_history": (right("auth.view_group"),) * 2,
    "admin:auth_group_delete": (right("auth.delete_group"),) * 2,
}
# Where a stranger is let in: the sign-in, and the link with which a password is set.
OPEN = {"admin:login", "password_reset_confirm", "password_reset_complete"}


# --- The addresses -------------------------------------------------------------------------------------------------


def addresses(resolver=None, prefix="/", namespace=""):
    """``(name, the names of its arguments)`` of every named address under the admin's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        there = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, there, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif there.startswith("/admin/") and pattern.name:
            yield namespace + pattern.name, tuple(pattern.pattern.regex.groupindex)


ADDRESSES = sorted(set(addresses()))
KINDS = {f"admin:{desk.opts.app_label}_{desk.opts.model_name}_": desk for desk in admin.site._registry.values()}


def kind_of(name):
    """``(the admin class, the page)`` behind ``admin:topics_topic_change``; ``(None, "")`` where there is no model."""
    start = max((start for start in KINDS if name.startswith(start)), key=len, default=None)
    return (KINDS[start], name.removeprefix(start)) if start else (None, "")


def rules_of(name):
    """``(who may GET it, who may POST to it)``; None if nobody has said yet."""
    desk, page = kind_of(name)
    if isinstance(desk, RecordAdmin):
        return RECORD_PAGES.get(page)
    if isinstance(desk, CitationAdmin):
        return CITATION_PAGES.get(page)
    start = max((start for start in OTHERS if name.startswith(start)), key=len, default=None)
    exact = start and (start == name or start.endswith(("_", ":")))
    return OTHERS[start] if exact else None


@pytest.mark.parametrize("name", sorted({name for name, _arguments in ADDRESSES} - OPEN))
def test_it_is_said_of_every_address_who_may_open_it(name):
    assert rules_of(name) or name in UNTRIED, f"Say in RECORD_PAGES or OTHERS who may open {name}."


# Rows that no test here can make; the rights are those of the list before them.
UNTRIED = {
    f"admin:{kind}_{page}"
    for kind in ("background_queuedtask", "translations_minoredit")
    for page in ("change", "delete", "history")
}


# --- The rows ------------------------------------------------------------------------------------------------------


def rows_of(model, user, others):
    """A row that ``user`` made, if rows of ``model`` have a maker, and one of somebody else's."""
    if model is Batch:
        return [Batch.objects.create(sheet="events.event", by=each) for each in (user, others)]
    if issubclass(model, Content):
        return [make(model, created_by=user), make(model, created_by=others)]
    return [OTHER_ROWS[model](others)] if model in OTHER_ROWS else [make(model)]


def rows_for(user, others):
    """``rows(model)``: these rows, the same at every address; what was done there is undone (:func:`answer`)."""
    return cache(lambda model: rows_of(model, user, others))


def entry(user):
    audit.log(audit.Verb.EXPORTED, by=user)
    return Entry.objects.first()


OTHER_ROWS = {
    Citation: lambda user: CitationFactory(record=make(Source)),
    Entry: entry,
    Comment: lambda user: CommentFactory(),
    SignInRule: lambda user: SignInRule.only(),
    Group: lambda user: Group.objects.get_or_create(name="Friends of the portal")[0],
    User: lambda user: user,
    AccessAttempt: lambda user: AccessAttempt.objects.get_or_create(username="somebody", failures_since_start=1)[0],
    AccessLog: lambda user: AccessLog.objects.create(username="somebody"),
    AccessFailureLog: lambda user: AccessFailureLog.objects.create(username="somebody"),
}


def tries(name, arguments, rows):
    """``(address, what the rules are asked about)`` for each row that ``name`` can be tried with."""
    desk, _page = kind_of(name)
    model = desk.model if desk else None
    row_argument = next((each for each in ("object_id", "id", "pk") if each in arguments), None)
    if not row_argument or not desk:
        values = {"app_label": "topics", "content_type_id": 1, "object_id": 1, "language": LANGUAGE}
        return [(reverse(name, kwargs={each: values[each] for each in arguments}), model)]
    return [
        (reverse(name, kwargs={each: row.pk if each == row_argument else LANGUAGE for each in arguments}), row)
        for row in rows(model)
    ]


# --- The walk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def others(django_user_model):
    """Whose rows they are that are not one's own: an account without any right."""
    return django_user_model.objects.create_user("somebody-else", password="a-long-password-1", is_staff=True)


@pytest.fixture
def person(django_user_model):
    def make_person(role):
        made = django_user_model.objects.create_user("somebody", is_staff=True, is_superuser=role == "superuser")
        made.groups.set(Group.objects.filter(name=role))
        return made

    return make_person


def answer(client, method, there):
    """What comes back; what was done is undone, signing out included."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, there, b"", content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def is_as_said(response, allowed):
    """Refused is refused, in whatever words; where one may go, there may be nothing (404) or no such act (405)."""
    status = response.status_code
    return status < 500 and (status != 403 if allowed else status in {403, 404, 405})


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_its_rights_say_and_nothing_else(role, person, others, unrendered):
    user, client, wrong = person(role), Client(raise_request_exception=False), []
    client.force_login(user)
    rows = rows_for(user, others)
    for name, arguments in ADDRESSES:
        if name in OPEN or not rules_of(name):
            continue
        for there, about in tries(name, arguments, rows):
            for method, rule in zip(METHODS, rules_of(name), strict=True):
                response = answer(client, method, there)
                if not is_as_said(response, allowed=rule(user, about)):
                    wrong.append(f"{method} {name} of {about}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_asked_to_sign_in_everywhere(others):
    client, wrong, rows = Client(raise_request_exception=False), [], rows_for(others, others)
    for name, arguments in ADDRESSES:
        if name in OPEN or not rules_of(name):
            continue
        for there, _about in tries(name, arguments, rows):
            for method in METHODS:
                response = answer(client, method, there)
                if "/login/" not in response.headers.get("Location", "") and response.status_code != 403:
                    wrong.append(f"{method} {there}: {response.status_code}")
    # Who was never signed in is shown the way in, and no word about what is behind it.
    assert wrong in ([], [f"{method} /admin/logout/: 302" for method in METHODS])


@pytest.mark.parametrize("method", METHODS)
def test_a_row_that_is_not_there_is_no_fault(editor, method):
    missing = "00000000-0000-4000-8000-000000000000"
    for name, arguments in ADDRESSES:
        desk, _page = kind_of(name)
        if not isinstance(desk, RecordAdmin) or not arguments:
            continue
        for key in (missing, "no-key"):
            try:
                there = reverse(name, kwargs={each: LANGUAGE if each == "language" else key for each in arguments})
            except NoReverseMatch:
                continue
            response = answer(editor, method, there)
            assert response.status_code in {302, 403, 404, 405}, f"{there}: {response.status_code}"
