"""The soaks: their author edits the same way again, and their readers do see what must never be seen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

import pytest

from bench.author import Author
from bench.corpus import incidents, write_site
from bench.edits import incident_files, step_word
from bench.soak_readers import SURFACES, SoakReader, what_is_not_whole

WHOLE_HTML = "<p>{}</p></html>"
Answer = Callable[[str], tuple[int, str]]


@contextmanager
def answering(answer: Answer) -> Iterator[int]:
    """Serve whatever `answer` says for an address; give the port."""

    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: the second would wait for the reader's word on the first

        def do_GET(self) -> None:
            status, text = answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Request) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def first_violation(answer: Answer, *, gone: frozenset[str] = frozenset()) -> str:
    """Return the first thing that a reader complains of; nothing where it is content with many answers."""
    with answering(answer) as port:
        reader = SoakReader(port, gone=gone, seed=1)
        while not reader.violations and reader.answers < 5 * len(SURFACES):
            reader.read_one_surface()
        reader.stop()
    return next(iter(reader.violations), "")


def linked(address: str) -> tuple[int, str]:
    return (404, "") if "slug" in address else (200, WHOLE_HTML.format('<a href="/incidents/a-slug/">A</a>'))


def test_a_reader_is_content_with_whole_answers_that_grow() -> None:
    numbers = count(1)

    assert first_violation(lambda _: (200, WHOLE_HTML.format(step_word(next(numbers))))) == ""


def test_a_reader_sees_older_words_after_newer_ones() -> None:
    numbers = count(1_000, -1)

    found = first_violation(lambda _: (200, WHOLE_HTML.format(step_word(next(numbers)))))

    assert " after edit " in found


def test_a_reader_sees_a_link_that_leads_nowhere() -> None:
    assert first_violation(linked).startswith("/incidents/a-slug/ (link on /")
    assert first_violation(linked, gone=frozenset({"a-slug"})) == ""


@pytest.mark.parametrize(
    ("text", "kind", "fault"),
    [
        ("<p>Half of a page", "text/html; charset=utf-8", "does not end in </html>"),
        ("<p>A page</p></html>\n", "text/html; charset=utf-8", ""),
        ('{"a": 1', "application/json", "is no application/json"),
        ('{"a": 1}', "application/feed+json", ""),
        ("<feed><entry>", "application/atom+xml", "is no application/atom+xml"),
        ("<svg/>", "image/svg+xml", ""),
        ("BEGIN:VCALENDAR", "text/calendar", ""),
    ],
)
def test_half_of_a_document_is_seen(text: str, kind: str, fault: str) -> None:
    assert what_is_not_whole(text, kind).startswith(fault)
    assert bool(what_is_not_whole(text, kind)) == bool(fault)


def test_an_author_edits_the_same_way_for_the_same_seed(tmp_path: Path) -> None:
    trees = []
    for name in ("one", "two"):
        write_site(tmp_path / name, incidents(30))
        author = Author(tmp_path / name, seed=5)
        for number in range(1, 80):
            author.edit(number)
        author.mend_everything()
        trees.append({file.stem: file.read_bytes() for file in incident_files(tmp_path / name)})

    assert trees[0] == trees[1]
    assert all(author.counts.values())
    assert not author.gone & trees[1].keys()
