"""The Flask application: published files first, then the addresses that need a program."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, jsonify

from statuspage.layout import PUBLIC
from statuspage.web.headers import ON_EVERYTHING
from statuspage.web.health import HealthCheck
from statuspage.web.hooks import GitHook, add_git_hook
from statuspage.web.published import PublishedFiles
from statuspage.web.release import NOT_FOUND_PAGE
from statuspage.web.twiml import add_twiml

SITE_VARIABLE = "STATUSPAGE_SITE"


def create_app(
    site_dir: Path | None = None, *, health: HealthCheck | None = None, git_hook: GitHook | None = None
) -> Flask:
    """Return the application that serves what is published of a site.

    The site is `site_dir`, else the folder that the environment variable STATUSPAGE_SITE names, else this folder.
    `health` tells about the compiler when it runs in this process; `git_hook` takes the word of a forge.
    """
    site = site_dir or Path(os.environ.get(SITE_VARIABLE) or ".")
    app = Flask("statuspage", static_folder=None)
    # An address with a doubled slash is no address of ours: a redirect would tell it where to go.
    app.url_map.merge_slashes = False
    published = PublishedFiles(app.wsgi_app, site / PUBLIC)
    app.extensions["published"] = published
    app.wsgi_app = published  # type: ignore[method-assign]  # as Flask's own documentation installs middleware
    add_twiml(app, published)
    _add_routes(app, published, health)
    if git_hook:
        add_git_hook(app, git_hook)
    return app


def published_of(app: Flask) -> PublishedFiles:
    """Return the middleware of an application that create_app made."""
    published = app.extensions["published"]
    assert isinstance(published, PublishedFiles)
    return published


def _add_routes(app: Flask, published: PublishedFiles, health: HealthCheck | None) -> None:
    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        if health is None:
            is_published = bool(published.release.hot)
            state_of_files = {"ok": is_published, "faults": [], "compiler": "not in this process"}
            return jsonify(state_of_files), 200 if is_published else 503
        state = health()
        return jsonify(state.as_json()), 200 if state.is_alive else 503

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def unknown(path: str) -> Response:
        """Answer what the published files did not."""
        is_empty = not path and not published.release.hot
        return _nothing_published(is_compiling=health is not None) if is_empty else _not_found(published)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(header for header in ON_EVERYTHING if header[0] not in response.headers)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _not_found(published: PublishedFiles) -> Response:
    page = published.release.document(NOT_FOUND_PAGE)
    if page is None:
        return Response("There is no such page.\n", 404, mimetype="text/plain")
    unsent = ("ETag", "Last-Modified", "Vary", "Content-Length")
    headers = [header for header in page.plain.headers if header[0] not in unsent]
    return Response(page.plain.body, 404, headers)


def _nothing_published(*, is_compiling: bool) -> Response:
    where = "see why in their log" if is_compiling else 'compile it with "statuspage build" or "statuspage serve"'
    words = f"The status page has not been compiled yet. Its operators {where}.\n"
    return Response(words, 503, {"Retry-After": "5"}, mimetype="text/plain")
