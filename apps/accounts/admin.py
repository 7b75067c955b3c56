"""Accounts, groups and the rule for signing in, for administrators who are not superusers."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import admin as stock
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps import audit
from apps.accounts import bounds, passwords, second_factor
from apps.accounts.changes import log_changes, standing_of
from apps.accounts.forms import AccountForm, GroupForm, NewAccountForm, NewPasswordForm
from apps.accounts.models import SignInRule
from apps.accounts.traces import has_worked_here

# Their forms show the secrets; what an administrator has to do with them is on the account's own page.
admin.site.unregister([TOTPDevice, StaticDevice, User, Group])


class BoundedAdmin:
    """For accounts and groups: nobody reaches beyond their own rights, and every change is in the audit log."""

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"actor": request.user})

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or self.is_in_reach(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or self.is_in_reach(request.user, obj))

    def save_model(self, request, obj, form, change):
        form.standing_before = standing_of(self.model.objects.get(pk=obj.pk)) if change else None
        self.prepare(obj, change)
        super().save_model(request, obj, form, change)

    def prepare(self, row, change):
        """A last word before ``row`` is saved."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            log_changes(form.instance, form.standing_before)
        else:
            audit.log(self.added, about=form.instance, **standing_of(form.instance))

    def delete_model(self, request, obj):
        audit.log(self.deleted, about=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            audit.log(self.deleted, about=row)
        super().delete_queryset(request, queryset)


class SecondFactorFilter(admin.SimpleListFilter):
    title = _("second factor")
    parameter_name = "second_factor"

    def lookups(self, request, model_admin):
        return [("yes", _("set up")), ("no", _("not set up"))]

    def queryset(self, request, queryset):
        return queryset.filter(has_second_factor=self.value() == "yes") if self.value() else queryset


@admin.register(User)
class UserAdmin(BoundedAdmin, stock.UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "groups", "password1", "password2"]})
    ]
    add_form_template = "admin/change_form.html"
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/auth/user/new_password.html"  # noqa: S105
    list_display = ["username", "full_name", "email", "roles", "is_active", "second_factor", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups", SecondFactorFilter]
    change_form_template = "admin/auth/user/change_form.html"
    added, deleted = audit.Verb.ACCOUNT_ADDED, audit.Verb.ACCOUNT_DELETED

    is_in_reach = staticmethod(bounds.may_manage)

    def get_queryset(self, request):
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_second_factor=Exists(devices)).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        beyond = [] if request.user.is_superuser else ["is_superuser"]
        # Nobody shuts the door behind themselves.
        own = ["is_active", "is_staff"] if obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *beyond, *own, "last_login", "date_joined"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        # What is only shown would be shown as it is stored.
        return [
            (title, options | {"fields": [name for name in options["fields"] if name != "password"]})
            for title, options in fieldsets
        ]

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not (obj == request.user or has_worked_here(obj)))

    def delete_view(self, request, object_id, extra_context=None):
        account = self.get_object(request, unquote(object_id))
        if account and super().has_delete_permission(request, account):
            why_not = _why_not_deleted(account, request.user)
            if why_not:
                messages.error(request, why_not)
                return redirect("admin:auth_user_change", account.pk)
        return super().delete_view(request, object_id, extra_context)

    def prepare(self, row, change):
        if not change:
            row.is_staff = True  # readers have no accounts: whoever is added here is to work here

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.has_usable_password():
            passwords.send_link(form.instance)
            messages.success(request, gettext("The link was sent to %(email)s.") % {"email": form.instance.email})

    @admin.display(description=_("full name"), ordering="first_name")
    def full_name(self, account):
        return account.get_full_name()

    @admin.display(description=_("groups"))
    def roles(self, account):
        return ", ".join(str(group) for group in account.groups.all())

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, account):
        return account.has_second_factor

    # --- Acts on one account ---------------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<id>/password-link/", view(self.password_link_view), name="auth_user_password_link"),
            path("<id>/second-factor/", view(self.second_factor_view), name="auth_user_second_factor"),
            *super().get_urls(),
        ]

    def password_link_view(self, request, id):
        account = self.account_in_reach(request, id)
        if not account.email or not account.is_active:
            messages.error(request, gettext("No link was sent: the account needs an e-mail address, and to be active."))
            return redirect("admin:auth_user_change", account.pk)
        if request.method == "POST":
            passwords.send_link(account)
            messages.success(request, gettext("The link was sent to %(email)s.") % {"email": account.email})
            return redirect("admin:auth_user_change", account.pk)
        sentence = _("%(email)s gets a link with which to set a password. It works once, for a few days.")
        return self.asked_first(
            request, account, _("Send a link to set a password"), sentence % {"email": account.email}, _("Send")
        )

    def second_factor_view(self, request, id):
        account = self.account_in_reach(request, id)
        if request.method == "POST":
            second_factor.remove(account, by=request.user)
            messages.success(request, gettext("The second factor is removed, and the account signed out everywhere."))
            return redirect("admin:auth_user_change", account.pk)
        sentence = _(
            "For a lost telephone. %(account)s is signed out everywhere and signs in with the password alone, until a "
            "new second factor is set up."
        )
        return self.asked_first(
            request, account, _("Remove the second factor"), sentence % {"account": account}, _("Remove")
        )

    def account_in_reach(self, request, id):
        account = self.get_object(request, unquote(id))
        if account is None and self.has_change_permission(request):
            raise Http404
        if account is None or not self.has_change_permission(request, account):
            raise PermissionDenied
        return account

    def asked_first(self, request, account, title, sentence, button):
        context = {"title": title, "sentence": sentence, "button": button, "opts": self.opts, "original": account}
        back = reverse("admin:auth_user_change", args=[account.pk])
        return TemplateResponse(
            request,
            "admin/auth/user/asked_first.html",
            self.admin_site.each_context(request) | context | {"back": back},
        )


def _why_not_deleted(account, user):
    if account == user:
        return gettext("Nobody deletes their own account.")
    if has_worked_here(account):
        return gettext(
            "%(account)s was not deleted: who did what would no longer be known. Take away “Active” instead: the "
            "account is signed out and can't sign in, and its name stays with what it did."
        ) % {"account": account}
    return None


@admin.register(Group)
class GroupAdmin(BoundedAdmin, stock.GroupAdmin):
    form = GroupForm
    list_display = ["__str__", "members"]
    added, deleted = audit.Verb.GROUP_ADDED, audit.Verb.GROUP_DELETED

    is_in_reach = staticmethod(bounds.may_manage_group)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    @admin.display(description=_("members"))
    def members(self, group):
        return ", ".join(sorted(account.get_username() for account in group.user_set.all()))


@admin.register(SignInRule)
class SignInRuleAdmin(admin.ModelAdmin):
    """One row, which is there from the beginning."""

    list_display = ["__str__", "everyone"]
    sortable_by = []

    def get_queryset(self, request):
        SignInRule.only()
        return super().get_queryset(request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **kwargs | {"widget": CheckboxSelectMultiple})

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        groups = sorted(form.instance.groups.values_list("name", flat=True))
        audit.log(audit.Verb.SIGN_IN_RULE_CHANGED, everyone=form.instance.everyone, groups=groups)
