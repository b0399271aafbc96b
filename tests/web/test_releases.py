"""What is shown after each publication: only what changed is read, plain at once and packed soon."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from statuspage.web.app import create_app, published_of
from statuspage.web.cold import KEPT, KEPT_BYTES, ColdDocuments, is_cold
from statuspage.web.documents import Document, read_document
from statuspage.web.published import PublishedFiles

LIMIT_SECONDS = 10.0
LONG = b"<p>We know about it.</p>" * 100
NEWER = b"<p>It works again.</p>" * 100
GZIP = {"Accept-Encoding": "gzip"}
NOTHING = "default-src 'none'"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return write(tmp_path / "public", {"index.html": LONG, "404.html": b"<p>None</p>", "a/index.html": LONG})


@pytest.fixture
def app(public: Path) -> Flask:
    return create_app(public.parent)


@pytest.fixture
def published(app: Flask) -> PublishedFiles:
    return published_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def write(public: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_bytes(content)
    return public


def until_packed(document: Document) -> bytes:
    deadline = time.monotonic() + LIMIT_SECONDS
    while document.packed is None:
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)
    return document.packed.body


def test_only_the_named_paths_are_read_again(public: Path, published: PublishedFiles) -> None:
    before = published.release.hot
    write(public, {"index.html": NEWER, "a/index.html": NEWER, "b/index.html": NEWER})

    published.refresh(["index.html"])

    after = published.release.hot
    assert after["index.html"].plain.body == NEWER
    assert after["a/index.html"] is before["a/index.html"]
    assert "b/index.html" not in after


def test_a_removed_path_is_gone_and_a_new_one_is_there(public: Path, published: PublishedFiles) -> None:
    (public / "a" / "index.html").unlink()
    write(public, {"b/index.html": NEWER})

    published.refresh(["a/index.html", "b/index.html"])

    assert sorted(published.release.hot) == ["404.html", "b/index.html", "index.html"]
    assert sorted(published.release.at_address) == ["/", "/404.html", "/b/"]


def test_without_names_everything_is_looked_at(public: Path, published: PublishedFiles) -> None:
    write(public, {"index.html": NEWER, "b/index.html": NEWER})
    kept = published.release.hot["a/index.html"]

    published.refresh()

    assert published.release.hot["index.html"].plain.body == NEWER
    assert published.release.hot["a/index.html"] is kept
    assert "b/index.html" in published.release.hot


def test_a_new_policy_reaches_every_file(public: Path, published: PublishedFiles) -> None:
    policy = b'<meta http-equiv="Content-Security-Policy" content="style-src \'none\'">'
    write(public, {"404.html": policy})

    published.refresh(["404.html"])

    assert ("Content-Security-Policy", "style-src 'none'; frame-ancestors 'none'") in published.release.hot[
        "a/index.html"
    ].plain.headers


def test_cold_and_hidden_and_side_files_stay_out_of_memory(public: Path, published: PublishedFiles) -> None:
    files = [
        "incidents/x/index.html",
        "sitemap/1.xml",
        "hold/a/1.wav",
        "hold/en/m.wav",
        ".x.part",
        "a/.y",
        "a/z.html.gz",
    ]
    write(public, dict.fromkeys(files, LONG))

    published.refresh(files)
    by_name = sorted(published.release.hot)
    published.refresh()

    assert by_name == sorted(published.release.hot) == ["404.html", "a/index.html", "index.html"]


@pytest.mark.parametrize(
    "path", ["index.html.gz", "index.html.br", "incidents/x/index.html.gz", "static/logo.svg.br", ".index.html.1.part"]
)
def test_side_files_and_halves_are_not_to_be_had(public: Path, client: FlaskClient, path: str) -> None:
    write(public, {path: LONG})

    assert client.get(f"/{path}").status_code == 404


def test_what_is_packed_at_the_start_needs_no_waiting(client: FlaskClient) -> None:
    answer = client.get("/", headers=GZIP)

    assert gzip.decompress(answer.data) == LONG


def test_new_bytes_are_sent_before_they_are_packed_and_packed_soon(
    public: Path, published: PublishedFiles, client: FlaskClient
) -> None:
    busy = threading.Event()
    published._packer.submit(busy.wait, LIMIT_SECONDS)  # noqa: SLF001 - so that nothing is packed until we say so
    write(public, {"index.html": NEWER})
    published.refresh(["index.html"])

    plain = client.get("/", headers=GZIP)
    busy.set()
    body = until_packed(published.release.hot["index.html"])
    packed = client.get("/", headers=GZIP)

    assert (plain.data, plain.headers["Vary"]) == (NEWER, "Accept-Encoding")
    assert "Content-Encoding" not in plain.headers
    assert (packed.data, gzip.decompress(packed.data)) == (body, NEWER)
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_body_that_was_replaced_meanwhile_is_not_packed(public: Path, published: PublishedFiles) -> None:
    busy = threading.Event()
    published._packer.submit(busy.wait, LIMIT_SECONDS)  # noqa: SLF001 - so that nothing is packed until we say so
    shown = []
    for content in (NEWER, LONG + NEWER):
        write(public, {"index.html": content})
        published.refresh(["index.html"])
        shown.append(published.release.hot["index.html"])
    busy.set()

    last = until_packed(shown[1])

    assert gzip.decompress(last) == LONG + NEWER
    assert shown[0].packed is None


def test_the_packed_bytes_are_the_same_every_time(public: Path) -> None:
    forms = []
    for _ in range(2):
        document = read_document(public, "index.html", policy=NOTHING)
        document.pack()
        forms.append(document.packed)

    assert forms[0] == forms[1]


def test_a_tag_names_one_form_only(client: FlaskClient) -> None:
    plain, packed = client.get("/").headers["ETag"], client.get("/", headers=GZIP).headers["ETag"]

    answers = [
        client.get("/", headers={**GZIP, "If-None-Match": plain}).status_code,
        client.get("/", headers={**GZIP, "If-None-Match": packed}).status_code,
        client.get("/", headers={"If-None-Match": packed}).status_code,
        client.get("/", headers={"If-None-Match": f"{packed}, W/{plain}"}).status_code,
    ]

    assert answers == [200, 304, 200, 304]


def test_what_is_kept_of_cold_files_is_bounded(tmp_path: Path) -> None:
    size = 2 * KEPT_BYTES // KEPT
    paths = [f"incidents/{number}.bin" for number in range(KEPT)]
    write(tmp_path, dict.fromkeys(paths, b"x" * size))
    cold = ColdDocuments(tmp_path, policy=NOTHING)

    read_all(cold, paths)
    read_all(cold, paths)

    kept = cold._kept.values()  # noqa: SLF001 - what it holds is not to be seen from outside
    assert 0 < sum(len(document.plain.body) for document in kept) <= KEPT_BYTES


def test_a_cold_file_that_has_not_changed_is_read_once(public: Path) -> None:
    write(public, {"incidents/x/index.html": LONG})
    cold = ColdDocuments(public, policy=NOTHING)

    assert cold.document("incidents/x/index.html") is cold.document("incidents/x/index.html")


def test_folders_that_grow_are_cold_and_the_index_of_the_sitemap_is_not() -> None:
    assert is_cold("sitemap/1.xml")
    assert not is_cold("sitemap.xml")


def read_all(cold: ColdDocuments, paths: Iterable[str]) -> None:
    for path in paths:
        assert cold.document(path) is not None
