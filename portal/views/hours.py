"""The opening hours and the holidays of one site, edited by those who hold the profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions import rules
from permissions.features import FeatureCode
from portal.acts.hours import hours_of, remove_holiday
from portal.forms.hours import HolidayForm, HoursForm
from portal.views.acting import say_saved, upwards
from portal.views.reaching import reached
from sites.models import Holiday, OpeningHours

FEATURE = FeatureCode.PROFILE


def hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The week of a site held."""
    return _page(request, pk, HoursForm)


def holidays(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page, on which a holiday is being added."""
    return _page(request, pk, HolidayForm)


def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a holiday, after saying what that means."""
    found = request.scope.everywhere().of(Holiday, FEATURE).select_related("site")
    holiday = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        with reached():
            remove_holiday(holiday, by=request.user)
        messages.success(request, _("The holiday was removed: %(name)s.") % {"name": holiday.name})
        return redirect("site_hours", holiday.site_id)
    up = upwards(request, holiday.site, "site_hours", holiday.site_id)
    return render(request, "portal/holiday_remove.html", {"holiday": holiday, **up})


def _page(request: HttpRequest, pk: int, saving: type[HoursForm | HolidayForm]) -> HttpResponse:
    """Both forms; only the one of kind `saving` takes what was posted."""
    site = get_object_or_404(rules.held_sites(request.user), pk=pk)
    scope = request.scope.everywhere()
    week = hours_of(scope.of(OpeningHours, FEATURE).filter(site=site))
    posted = {saving: request.POST if request.method == "POST" else None}
    hours_form = HoursForm(posted.get(HoursForm), target=site, actor=request.user, hours=week)
    holiday_form = HolidayForm(posted.get(HolidayForm), site=site, actor=request.user)
    form = hours_form if saving is HoursForm else holiday_form
    if form.is_bound and form.saved():
        say_saved(request, form.result)
        return redirect("site_hours", pk)
    days = list(scope.of(Holiday, FEATURE).filter(site=site))
    today = timezone.localdate()
    context = {
        "site": site,
        "cancel_url": _where_from(request, pk),
        "form": form,
        "hours_form": hours_form,
        "holiday_form": holiday_form,
        "coming": [one for one in days if one.day >= today],
        "past": [one for one in reversed(days) if one.day < today],
    }
    return render(request, "portal/site_hours.html", context)


def _where_from(request: HttpRequest, pk: int) -> str:
    """Where «Cancel» leads: to the dashboard, if its quick start led here."""
    quick = request.GET.get("from") == "dashboard" and FeatureCode.DASHBOARD in request.features
    return reverse("dashboard") if quick else reverse("site", args=[pk])
