"""An account's own second factor: to set up, to give at sign-in, to remove."""

from base64 import b32encode

import django_otp
from django.contrib import admin, messages
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps import audit
from apps.accounts import second_factor
from apps.accounts.forms import CodeForm, PasswordForm, SignInCodeForm

PENDING = "second_factor_pending"


class DeskMixin:
    """A page in the admin's frame."""

    title = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | admin.site.each_context(self.request) | {"title": self.title}

    def show_codes(self):
        """New recovery codes, on the answer itself: they are kept nowhere where they could be read again."""
        codes = second_factor.make_recovery_codes(self.request.user)
        context = admin.site.each_context(self.request) | {"title": _("Your recovery codes"), "codes": codes}
        return render(self.request, "accounts/recovery_codes.html", context)


class Status(DeskMixin, TemplateView):
    template_name = "accounts/second_factor.html"
    title = _("Second factor")

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = {"device": second_factor.device_of(user), "codes_left": second_factor.recovery_codes_left(user)}
        return super().get_context_data(**kwargs) | context


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AfterPassword(DeskMixin, FormView):
    """Something that is done once the password was given again: ``explanation``, ``button`` and ``form_valid``."""

    form_class = PasswordForm
    template_name = "accounts/after_password.html"
    explanation = button = ""
    # Whether it is for accounts that have a second factor; the others are sent away.
    needs_device = True

    def dispatch(self, request, *args, **kwargs):
        if bool(second_factor.device_of(request.user)) != self.needs_device:
            return redirect("second_factor:status")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs):
        words = {"explanation": self.explanation, "button": self.button}
        return super().get_context_data(**kwargs) | words


class SetUp(AfterPassword):
    title = _("Set up a second factor")
    explanation = _(
        "You will need an app that makes codes (TOTP) on your telephone or computer. "
        "At each sign-in you then type your password and the code that the app shows."
    )
    button = _("Continue")
    needs_device = False

    def form_valid(self, form):
        self.request.session[PENDING] = second_factor.begin(self.request.user).pk
        return redirect("second_factor:confirm")


class Confirm(DeskMixin, FormView):
    """The secret to scan or to type, and the first code as proof that it arrived."""

    form_class = CodeForm
    template_name = "accounts/confirm.html"
    title = _("Set up a second factor")

    def dispatch(self, request, *args, **kwargs):
        pending = request.session.get(PENDING)
        self.device = TOTPDevice.objects.filter(user=request.user, pk=pending, confirmed=False).first()
        return super().dispatch(request, *args, **kwargs) if self.device else redirect("second_factor:set_up")

    def get_context_data(self, **kwargs):
        secret = b32encode(self.device.bin_key).decode()
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        shown = {"qr_code": second_factor.qr_code(self.device), "secret": " ".join(groups)}
        return super().get_context_data(**kwargs) | shown

    def form_valid(self, form):
        if not second_factor.confirm(self.device, form.cleaned_data["code"]):
            form.add_error("code", _("This is not the code for this secret. Wait for the next one and type that."))
            return self.form_invalid(form)
        self.request.session.pop(PENDING)
        django_otp.login(self.request, self.device)
        return self.show_codes()


class RecoveryCodes(AfterPassword):
    title = _("New recovery codes")
    explanation = _("Recovery codes that you have from before stop working.")
    button = _("Show new codes")

    def form_valid(self, form):
        return self.show_codes()


class Remove(AfterPassword):
    title = _("Remove the second factor")
    explanation = _("After this your password alone opens your account, and your recovery codes stop working.")
    button = _("Remove")

    def form_valid(self, form):
        second_factor.remove(self.request.user, by=self.request.user)
        messages.success(self.request, gettext("Your second factor is removed."))
        return redirect("second_factor:status")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Code(RedirectURLMixin, FormView):
    """The second step of the sign-in. The frame of the desk is not shown: who is here is not in yet."""

    form_class = SignInCodeForm
    template_name = "accounts/code.html"
    next_page = reverse_lazy("admin:index")

    def dispatch(self, request, *args, **kwargs):
        if second_factor.missing_step(request.user) != second_factor.CODE:
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url(), "again": reverse("admin:logout")}

    def form_valid(self, form):
        self.request.session.cycle_key()
        django_otp.login(self.request, form.device)
        audit.log(audit.Verb.SIGNED_IN, by=self.request.user, about=self.request.user)
        left = second_factor.recovery_codes_left(self.request.user)
        if not isinstance(form.device, TOTPDevice):
            sentence = gettext("You used a recovery code; %(count)d are left.") % {"count": left}
            messages.warning(self.request, sentence)
        return super().form_valid(form)
