"""The quick starts of the dashboard, each about one site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from permissions.features import FeatureCode
from portal.forms.handling import HandlingForms
from portal.forms.quick import QuickPhoneForm, QuickUserForm
from portal.views.acting import say_saved, to_site_choice, upwards
from portal.views.reaching import reached
from sites.models import PhoneNumber, Site
from sites.text import number

View = Callable[..., HttpResponse]


def at_one_site(view: View) -> View:
    """Who holds several sites chooses one first, and comes back."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sites = list(request.scope.sites()[:2])
        if len(sites) == 1:
            return view(request, sites[0], *args, **kwargs)
        if sites:
            messages.info(request, _("Choose the site first."))
        return to_site_choice(request)

    return run


@at_one_site
def quick_user(request: HttpRequest, site: Site) -> HttpResponse:
    """Set up a user: a person, a number, a device, services."""
    form = QuickUserForm(request.POST or None, scope=request.scope, site=site)
    if set_up(request, form):
        messages.success(request, _("%(name)s is set up.") % {"name": form.result})
        return redirect("users")
    context = {"form": form, "site": site, **_came_from(request, site)}
    return render(request, "portal/quick_user.html", context)


@at_one_site
def quick_phone(request: HttpRequest, site: Site) -> HttpResponse:
    """Add a phone for a lobby or a meeting room."""
    form = QuickPhoneForm(request.POST or None, scope=request.scope, site=site)
    if set_up(request, form):
        messages.success(request, _("The phone %(name)s was added.") % {"name": form.result})
        return redirect("device", form.result.pk)
    context = {"form": form, "site": site, **_came_from(request, site)}
    return render(request, "portal/quick_phone.html", context)


def set_up(request: HttpRequest, form: Any) -> bool:
    """Whether the form was sent, and saved.

    The page names its site: nothing is saved at another one that was chosen meanwhile.
    """
    if request.method != "POST":
        return False
    if number(request.POST.get("at", "")) != form.site.pk:
        messages.warning(request, _("Another site has been chosen meanwhile: check it first."))
        return False
    return bool(form.saved())


@at_one_site
def quick_calls(request: HttpRequest, site: Site) -> HttpResponse:
    """What happens when the main number of the site is called."""
    form_set = HandlingForms(request.POST or None, scope=request.scope, site=site)
    with reached():
        saved = request.method == "POST" and form_set.saved()
    if saved:
        say_saved(request, form_set.result)
        return redirect(request.get_full_path())
    numbers = request.scope.of(PhoneNumber, FeatureCode.SERVICES)
    main = numbers.filter(site=site, is_main=True).first()
    context = {"form_set": form_set, "form": form_set.summary, "site": site, "main": main}
    context |= _came_from(request, site)
    return render(request, "portal/quick_calls.html", context)


def _came_from(request: HttpRequest, site: Site) -> dict[str, Any]:
    """The page of the site, for who came from there; else the dashboard."""
    if request.GET.get("from") == "site":
        return upwards(request, site, "site", site.pk)
    return upwards(request, _("Dashboard"), "home")


@at_one_site
def quick_hours(request: HttpRequest, site: Site) -> HttpResponse:
    """To the opening hours of the site."""
    return redirect(f"{reverse('site_hours', args=[site.pk])}?from=dashboard")
