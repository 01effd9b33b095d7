"""Going back to where somebody was, never to another site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest) -> HttpResponse:
    """To the page in `next`, if it is one of ours, else home."""
    target = request.POST.get("next", "")
    secure = request.is_secure()
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=secure)
    return redirect(target if ours else "home")
