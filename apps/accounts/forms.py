"""Forms of the accounts: a password asked for again, a code, and rights that stay within bounds."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts import bounds, second_factor


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
        until = second_factor.closed_until(self.user, code)
        if until:
            moment = formats.time_format(timezone.localtime(until), "H:i:s")
            raise forms.ValidationError(gettext("Too many wrong codes. Try again after %(time)s.") % {"time": moment})
        self.device = second_factor.verify(self.user, code)
        if not self.device:
            raise forms.ValidationError(
                _("This code is wrong, or it was used already. Wait for the next one in your app and type that.")
            )
        return code


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


class AccountForm(WithinBounds, UserChangeForm):
    pass


class GroupForm(WithinBounds, forms.ModelForm):
    class Meta:
        model = Group
        fields = ["name", "permissions"]
