"""Going back to where somebody was, never to another site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, target: str) -> bool:
    """Whether `target` is a path of this portal, and not a name or another host in disguise."""
    secure = request.is_secure()
    return target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=secure
    )


def back(request: HttpRequest) -> HttpResponse:
    """To the page in `next`, if it is one of ours, else home."""
    target = request.POST.get("next", "")
    return HttpResponseRedirect(target) if is_ours(request, target) else redirect("home")
