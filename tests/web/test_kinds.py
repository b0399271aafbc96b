"""The kind and the freshness of each published file, above all of those that phone systems read."""

from __future__ import annotations

import pytest

from statuspage.web.headers import freshness_of, headers_of, kind_of

CHECKED = "public, max-age=0, must-revalidate"
QUARTER_MINUTE = "public, max-age=15, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("path", "kind", "freshness"),
    [
        ("hold/en.txt", "text/plain; charset=utf-8", QUARTER_MINUTE),
        ("hold/en.ssml", "application/ssml+xml", QUARTER_MINUTE),
        ("hold/en/message-1.wav", "audio/x-wav", QUARTER_MINUTE),
        ("hold/en/message-1-16k.wav", "audio/x-wav;codec=pcm;bit=16;rate=16000", QUARTER_MINUTE),
        ("hold/en/message-1-connect.wav", "audio/x-wav", QUARTER_MINUTE),
        ("hold/en/message-1.ulaw", "audio/basic", QUARTER_MINUTE),
        ("hold/en/message-1.alaw", "application/octet-stream", QUARTER_MINUTE),
        ("hold/a/3f2a9c.wav", "audio/x-wav", FOR_EVER),
        ("hold/a/3f2a9c-16k.wav", "audio/x-wav;codec=pcm;bit=16;rate=16000", FOR_EVER),
        ("hold/a/3f2a9c.ulaw", "audio/basic", FOR_EVER),
        ("hold/en/twiml-1.xml", "text/xml; charset=utf-8", CHECKED),
        ("hold/en.vxml", "text/xml; charset=utf-8", CHECKED),
        ("hold/hold.json", "application/json; charset=utf-8", CHECKED),
        ("hold/index.html", "text/html; charset=utf-8", CHECKED),
        ("sitemap.xml", "application/xml; charset=utf-8", CHECKED),
        ("sitemap/1.xml", "application/xml; charset=utf-8", CHECKED),
        ("feed.json", "application/feed+json", CHECKED),
        ("static/logo.PNG", "image/png", "public, max-age=300, must-revalidate"),
        ("static/LICENCE", "application/octet-stream", "public, max-age=300, must-revalidate"),
    ],
)
def test_each_file_has_its_kind_and_may_be_kept_so_long(path: str, kind: str, freshness: str) -> None:
    assert (kind_of(path), freshness_of(path)) == (kind, freshness)


@pytest.mark.parametrize("path", ["hold/en.txt", "hold/hold.json", "hold/en/message-1.wav", "hold/en/twiml-1.xml"])
def test_no_phone_system_is_told_to_drop_its_copy(path: str) -> None:
    assert "no-" not in freshness_of(path)


@pytest.mark.parametrize("path", ["static/logo.svg", "static/page.html", "badge.svg", "feed.json", "hold/en.vxml"])
def test_what_is_no_page_of_ours_loads_nothing(path: str) -> None:
    headers = dict(headers_of(path, "style-src 'sha256-x='"))

    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_what_is_made_for_other_pages_may_be_framed() -> None:
    headers = dict(headers_of("embed/index.html", "style-src 'sha256-x='"))

    assert headers["Content-Security-Policy"] == "style-src 'sha256-x='; frame-ancestors *"
