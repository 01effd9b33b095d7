"""Documentation and privacy statement, written in each language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from portal.help import HELP_PAGES


def index(request: HttpRequest) -> HttpResponse:
    """The table of contents."""
    return render(request, "portal/help_index.html", {"pages": HELP_PAGES})


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the documentation, in the reader's language."""
    titles = dict(HELP_PAGES)
    if slug not in titles:
        raise Http404
    body = f"portal/help/{get_language()}/{slug}.html"
    context = {"title": titles[slug], "body": body, "pages": HELP_PAGES, "slug": slug}
    return render(request, "portal/help_page.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy statement."""
    body = f"portal/privacy/{get_language()}.html"
    return render(request, "portal/privacy.html", {"body": body})
