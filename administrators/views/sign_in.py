"""Signing in, signing out, and the password that one must or wants to change."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import get_user_model, login, logout, update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from administrators import sign_ins
from administrators.account_forms import OwnPasswordForm, SignInForm
from administrators.middleware import session_limits
from permissions import audit
from permissions.models import Act
from sites.redirects import back, is_ours

FOR_ANYBODY = "for-anybody"  # a message that is shown to who is not signed in
NO_PAGES = (
    "sign_in", "sign_out", "stay", "close_notice", "choose_site", "set_language", "theme",
)  # fmt: skip


class SignIn(LoginView):
    """One sentence for every refusal; afterwards, what happened since the last time."""

    authentication_form = SignInForm
    template_name = "registration/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:
        person = form.get_user()
        notice = sign_ins.since_last(person)
        login(self.request, person)
        self.request.session[sign_ins.NOTICE] = notice
        self.request.session[sign_ins.GUESSES] = sign_ins.guesses(person)
        audit.record(Act.SIGN_IN, by=person, to=person)
        return HttpResponseRedirect(self.get_success_url())

    def get_redirect_url(self) -> str:
        """Where one was going, if that is a page of ours that one can look at."""
        url = super().get_redirect_url()
        no_page = {reverse(name) for name in NO_PAGES}
        return url if is_ours(self.request, url) and urlsplit(url).path not in no_page else ""

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        if form.has_error(NON_FIELD_ERRORS):  # else nothing was tried
            sign_ins.record_failure(form.data.get("username", ""))
        return super().form_invalid(form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    audit.record(Act.SIGN_OUT, by=request.user, to=request.user)
    logout(request)
    messages.success(request, _("You are signed out."), extra_tags=FOR_ANYBODY)
    return redirect("sign_in")


def stay(request: HttpRequest) -> JsonResponse:
    """Keeps the session, as any request does, for who is still writing.

    Who signed in again meanwhile has another token, without which no older form is taken.
    """
    left = session_limits(request)["left"]
    return JsonResponse({"person": request.user.pk, "left": left, "token": get_token(request)})


@require_POST
def close_notice(request: HttpRequest) -> HttpResponse:
    """Close the message about the last sign-in."""
    request.session.pop(sign_ins.NOTICE, None)
    return back(request)


@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    """Choose one's password; while a temporary one is owed, nothing else opens (rule 10)."""
    owing = request.user.must_change_password
    form = OwnPasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and sign_ins.guessing(request, form):
        logout(request)
        return redirect("sign_in")
    if request.method == "POST" and form.saved():
        update_session_auth_hash(request, get_user_model().objects.get(pk=request.user.pk))
        messages.success(request, _("Your password was changed."))
        return redirect("home" if owing else "sign_in_details")
    template = "password_owed" if owing else "password_change"
    return render(request, f"registration/{template}.html", {"form": form})
