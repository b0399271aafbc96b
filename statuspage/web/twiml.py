"""`/hold/twiml`: the document for a caller who waits, for telephone systems that ask by POST as Twilio does by default.

Of all that they tell, only how long the caller has waited is looked at; nothing is kept, and no number is logged.
"""

from __future__ import annotations

import json
import threading

from flask import Flask, Response, request

from statuspage.web.published import PublishedFiles

SECONDS_A_WORDING = 60
WORDINGS = 3
LARGEST_FORM_BYTES = 64 * 1024
_WAITED = "QueueTime"


def add_twiml(app: Flask, published: PublishedFiles) -> None:
    """Have the application answer at `/hold/twiml`; `?lang=de` asks for a language, else it is the site's first."""
    # Two threads answer everything: a form that comes slowly may hold one of them, and never both.
    reading = threading.Lock()

    @app.route("/hold/twiml", methods=["GET", "POST"])
    def twiml() -> Response:
        wording = _seconds_waited(reading) // SECONDS_A_WORDING % WORDINGS + 1
        language = request.args.get("lang") or _first_language(published)
        document = published.release.document(f"hold/{language}/twiml-{wording}.xml")
        if document is None:
            return Response("There is no such language.\n", 404, mimetype="text/plain")
        unsent = ("ETag", "Last-Modified")
        headers = [header for header in document.plain.headers if header[0] not in unsent]
        return Response(document.plain.body, 200, headers)


def _seconds_waited(reading: threading.Lock) -> int:
    """Return how long the caller has waited; 0 where nobody says it, or it cannot be read at once."""
    told = request.args.get(_WAITED)
    length = request.content_length or 0
    if told is None and 0 < length <= LARGEST_FORM_BYTES and reading.acquire(blocking=False):
        try:
            told = request.form.get(_WAITED)
        finally:
            reading.release()
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 10 else 0


def _first_language(published: PublishedFiles) -> str:
    summary = published.release.document("hold/hold.json")
    languages = json.loads(summary.plain.body)["languages"] if summary else {}
    return str(next(iter(languages), ""))
