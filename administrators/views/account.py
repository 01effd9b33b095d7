"""Pages about oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from administrators import sign_ins
from administrators.account_forms import FeedbackForm, OwnDetailsForm
from administrators.views.edit import saved_text
from permissions import rules


def my_account(request: HttpRequest) -> HttpResponse:
    """Own contact and address; own sites, features and parent to read."""
    person = request.user
    form = OwnDetailsForm(request.POST or None, target=person, actor=person)
    if request.method == "POST" and form.saved():
        messages.success(request, saved_text(form))
        return redirect("my_account")
    sites = rules.held_sites(person)
    context = {
        "form": form,
        "site_count": sites.count(),
        "sites": sites[:10],
        "features": sorted(request.features, key=lambda code: str(code.label)),
    }
    return render(request, "administrators/my_account.html", context)


def sign_in_details(request: HttpRequest) -> HttpResponse:
    """Own username, last sign-ins, and the way to change the password."""
    entries = sign_ins.lately(request.user)
    return render(request, "administrators/sign_in_details.html", {"entries": entries})


def feedback(request: HttpRequest) -> HttpResponse:
    """Write to the operator."""
    form = FeedbackForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, _("Thank you. Your message was sent to the operator."))
        return redirect("feedback")
    return render(request, "administrators/feedback.html", {"form": form})
