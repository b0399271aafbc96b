"""The document for a caller who waits, asked for as Twilio does: by POST, with how long the caller has waited."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from statuspage.web.app import create_app


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    for language in ("en", "de"):
        folder = tmp_path / "public" / "hold" / language
        folder.mkdir(parents=True)
        for number in (1, 2, 3):
            (folder / f"twiml-{number}.xml").write_text(f"<Response>{language} {number}</Response>")
    (tmp_path / "public" / "hold" / "hold.json").write_text('{"languages": {"de": {}, "en": {}}}')
    return create_app(tmp_path).test_client()


@pytest.mark.parametrize(
    ("waited", "wording"), [("0", 1), ("59", 1), ("60", 2), ("125", 3), ("180", 1), ("x", 1), ("-5", 1), ("٣", 1)]
)
def test_each_minute_of_waiting_has_the_next_wording(client: FlaskClient, waited: str, wording: int) -> None:
    by_post = client.post("/hold/twiml", data={"QueueTime": waited, "From": "+441632960144"})
    by_get = client.get("/hold/twiml", query_string={"QueueTime": waited})

    assert by_post.text == by_get.text == f"<Response>de {wording}</Response>"


def test_a_language_may_be_asked_for(client: FlaskClient) -> None:
    assert client.get("/hold/twiml?lang=en").text == "<Response>en 1</Response>"
    assert client.get("/hold/twiml?lang=fr").status_code == 404
    assert client.get("/hold/twiml?lang=../../etc").status_code == 404


def test_it_is_fetched_anew_each_time_as_the_kind_that_phone_systems_know(client: FlaskClient) -> None:
    answer = client.post("/hold/twiml")

    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "ETag" not in answer.headers


def test_a_form_that_is_too_large_is_not_read(client: FlaskClient) -> None:
    answer = client.post("/hold/twiml", data={"QueueTime": "60", "x": "y" * 70_000})

    assert (answer.status_code, answer.text) == (200, "<Response>de 1</Response>")


def test_without_a_page_there_is_no_document(tmp_path: Path) -> None:
    assert create_app(tmp_path).test_client().post("/hold/twiml").status_code == 404
