"""The public files of one kind, of a site that is in memory."""

from __future__ import annotations

from statuspage.render.site import render
from statuspage.shown import Shown

FEED_ENDINGS = (".atom", ".rss", "feed.json")


def pages(shown: Shown) -> dict[str, bytes]:
    return {path: content for path, content in render(shown, {}).items() if path.endswith(".html")}


def api_documents(shown: Shown) -> dict[str, bytes]:
    return {path: content for path, content in render(shown, {}).items() if path.startswith("api/")}


def feeds(shown: Shown) -> dict[str, bytes]:
    return {path: content for path, content in render(shown, {}).items() if path.endswith(FEED_ENDINGS)}


def badges(shown: Shown) -> dict[str, bytes]:
    return {path: content for path, content in render(shown, {}).items() if path.endswith("badge.svg")}
