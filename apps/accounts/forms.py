"""Forms of the accounts: a password asked for again, a code, and rights that stay within bounds."""

from math import ceil

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.accounts import bounds, second_factor

# From so many wrong codes on the wait is long (16 seconds and twice as much each time), and the page says why.
MANY = 5


class PasswordForm(forms.Form):
    """Whoever sits down at an unlocked computer does not know it."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        password = self.cleaned_data["password"]
        # authenticate() and not check_password(): guessing here is throttled like guessing at the sign-in.
        if not authenticate(self.request, username=self.request.user.get_username(), password=password):
            raise forms.ValidationError(_("This is not your password. Please type it again."))
        return password


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split()).lower()


class SignInCodeForm(CodeForm):
    """The second step of the sign-in; ``device`` is what the code was right for."""

    device = None

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self):
        code = super().clean_code()
        pause = second_factor.pause(self.user, code)
        if pause:
            raise forms.ValidationError(too_soon(*pause))
        self.device = second_factor.verify(self.user, code)
        if not self.device:
            raise forms.ValidationError(wrong(second_factor.pause(self.user, code)))
        return code


def wrong(pause):
    if pause is None:
        return _("This code is wrong, or it was used already. Wait for the next one in your app and type that.")
    until, failures = pause
    if failures >= MANY:
        return _too_many(until)
    sentence = ngettext(
        "Wrong code, or one that was used already. Try again in %(count)d second.",
        "Wrong code, or one that was used already. Try again in %(count)d seconds.",
        _seconds(until),
    )
    return sentence % {"count": _seconds(until)}


def too_soon(until, failures):
    """It may have been the right one: nobody has looked at it."""
    if failures >= MANY:
        return _too_many(until)
    sentence = ngettext(
        "The code before this one was wrong, so this one was not looked at. Try again in %(count)d second.",
        "The code before this one was wrong, so this one was not looked at. Try again in %(count)d seconds.",
        _seconds(until),
    )
    return sentence % {"count": _seconds(until)}


def _too_many(until):
    moment = formats.time_format(timezone.localtime(until), "H:i:s")
    return gettext("Too many wrong codes. Try again after %(time)s.") % {"time": moment}


def _seconds(until):
    return max(1, ceil((until - timezone.now()).total_seconds()))


class WithinBounds:
    """A form of the admin that offers, and takes, only what ``actor`` may give."""

    actor = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"user_permissions", "permissions"} & self.fields.keys():
            given = getattr(self.instance, name).values("pk") if self.instance.pk else ()
            self.fields[name].queryset = bounds.grantable_permissions(self.actor, also=given)
        if "groups" in self.fields:
            self.fields["groups"].queryset = bounds.grantable_groups(self.actor)


class PasswordButton(ReadOnlyPasswordHashWidget):
    """The way to set another one. How the old one is stored helps nobody at the desk."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if is_password_usable(value):
            context["summary"] = [{"label": gettext("A password is set.")}]
        return context


class AccountForm(WithinBounds, UserChangeForm):
    password = ReadOnlyPasswordHashField(label=_("Password"), widget=PasswordButton)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].help_text = ""


class NewAccountForm(WithinBounds, UserCreationForm):
    """Without a password its owner chooses one, by the link in a mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].required = False
        self.fields["password2"].help_text = ""
        self.fields["email"].help_text = _(
            "If you leave the password out, a link with which to set one goes to this address."
        )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("password1") and not cleaned.get("password2") and not cleaned.get("email"):
            problem = _("Type an e-mail address, to which a link for the password goes, or type a password.")
            if "email" not in self.errors:
                self.add_error("email", problem)
        return cleaned

    def validate_passwords(self, *fields):
        super().validate_passwords(*fields)
        typed = [bool(self.cleaned_data.get(name)) for name in ("password1", "password2")]
        if any(typed) and not all(typed):
            self.add_error("password2", self.error_messages["password_mismatch"])

    def set_password_and_save(self, user, *args, commit=True, **kwargs):
        if self.cleaned_data["password1"]:
            return super().set_password_and_save(user, *args, commit=commit, **kwargs)
        user.set_unusable_password()
        if commit:
            user.save()
        return user


class NewPasswordForm(AdminPasswordChangeForm):
    """A password and nothing else: there is no other way to sign in that could stand in for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


class GroupForm(WithinBounds, forms.ModelForm):
    class Meta:
        model = Group
        fields = ["name", "permissions"]
