"""Visits of pages in a browser: at the instant of their site, and with note of what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.kinds import Kind, Sites
from tests.browser.sites import SITES

REFUSALS = """
addEventListener('securitypolicyviolation', refused =>
  console.error(`refused: ${refused.violatedDirective} ${refused.blockedURI}`))
"""
LIMIT_SECONDS = 10
PAGE_ZONE = "Europe/London"


@dataclass(kw_only=True)
class Visit:
    """An open page, what it asked for and what the browser said of it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def context_of(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Open a context in the zone of the pages, unless told otherwise, and close it again."""
    context = browser.new_context(**{"timezone_id": PAGE_ZONE, "locale": "en-GB"} | options)
    context.set_default_timeout(LIMIT_SECONDS * 1000)
    try:
        yield context
    finally:
        context.close()


@contextmanager
def visiting(context: BrowserContext, sites: Sites, kind: Kind) -> Iterator[Visit]:
    """Open the page of a kind in a tab of its own, with a clock that the test moves from the instant of its site."""
    visit = Visit(page=context.new_page())
    visit.page.on("console", lambda message: visit.complaints.append(message.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.clock.install(time=SITES[kind.site].now)
    visit.page.add_init_script(REFUSALS)
    visit.page.goto(sites.address(kind))
    try:
        yield visit
    finally:
        visit.page.close()


def opened(context: BrowserContext, sites: Sites, kind: Kind) -> Page:
    """Open the page of a kind in the page that the context already has, at the instant of its site."""
    page = context.pages[0] if context.pages else context.new_page()
    page.clock.set_fixed_time(SITES[kind.site].now)
    page.goto(sites.address(kind))
    return page
