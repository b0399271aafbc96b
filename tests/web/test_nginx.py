"""docs/nginx.conf in a real nginx: the same tree, answered as the program's own server answers."""

from __future__ import annotations

import gzip
import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample import SAMPLE_NOW, copy_sample
from tests.web.nginx import NGINX, nginx_serving, pack, write_configuration
from tests.web.servers import Answer, Server, serving

if not NGINX:
    pytest.skip("nginx is not installed (on Debian: apt-get install nginx-light)", allow_module_level=True)

CALLS = {
    "hold/en/message-1.wav": b"RIFF",
    "hold/en/message-1-16k.wav": b"RIFF",
    "hold/en/message-1.ulaw": b"\xff",
    "hold/en/message-1.alaw": b"\xd5",
    "hold/en/twiml-1.xml": b"<Response/>",
    "hold/en.vxml": b"<vxml/>",
    "hold/a/3f2a9c.wav": b"RIFF",
    "hold/a/3f2a9c-16k.wav": b"RIFF",
    "embed/index.html": b"<!doctype html><title>Embedded</title>",
    "static/LICENCE": b"MIT",
    "static/notes.html": b"<!doctype html><title>Notes</title>",
    "sitemap/1.xml": b"<urlset/>",
    ".index.html.1.part": b"half",
}
"""What is not made of every site yet, or by hand."""
COMPARED = (
    "content-type",
    "cache-control",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "access-control-allow-origin",
)


REDIRECTS = ("/hold", "/history", "/components/phone-line")
MISSING = ("/nothing", "/incidents/", "/api/", "/.index.html.1.part", "/index.html.gz", "/static//nothing")


@pytest.fixture(scope="module")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = copy_sample(repository, tmp_path_factory.mktemp("site"))
    for path, content in CALLS.items():
        file = site / "public" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return site


@pytest.fixture(scope="module")
def ours(site: Path) -> Iterator[Server]:
    with serving(site, "--now", SAMPLE_NOW) as server:
        yield server


@pytest.fixture(scope="module")
def nginx(site: Path, ours: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    assert ours.ask("/").status == 200  # the site has been compiled
    pack(site / "public" / "index.html")
    with nginx_serving(site / "public", tmp_path_factory.mktemp("nginx")) as server:
        yield server


def test_the_documented_configuration_is_one(tmp_path: Path) -> None:
    configuration = write_configuration(tmp_path, public=tmp_path, port=8080)

    checked = subprocess.run([str(NGINX), "-t", "-p", tmp_path, "-c", configuration], capture_output=True, text=True)

    assert checked.returncode == 0, checked.stderr


def test_every_kind_of_file_is_answered_alike(site: Path, ours: Server, nginx: Server) -> None:
    different = {}

    for path in paths_of_each_kind(site / "public"):
        address = f"/{path.removesuffix('index.html')}"
        our_answer, their_answer = ours.ask(address), nginx.ask(address)
        if seen_by_clients(our_answer) != seen_by_clients(their_answer):
            different[address] = seen_by_clients(our_answer), seen_by_clients(their_answer)

    assert different == {}


def test_every_kind_of_file_has_the_same_policy(site: Path, ours: Server, nginx: Server) -> None:
    different = {}

    for path in paths_of_each_kind(site / "public"):
        address = f"/{path.removesuffix('index.html')}"
        our_policy, their_answer = ours.ask(address).headers["content-security-policy"], nginx.ask(address)
        their_policy = effective_policy(their_answer)
        if our_policy != their_policy:
            different[address] = our_policy, their_policy

    # It states none for itself, and only our server can say that for it.
    assert set(different) <= {"/embed/"}


@pytest.mark.parametrize("address", MISSING)
def test_what_is_not_public_gets_the_404_page(ours: Server, nginx: Server, address: str) -> None:
    our_answer, their_answer = ours.ask(address), nginx.ask(address)

    assert seen_by_clients(our_answer) == seen_by_clients(their_answer)
    assert (their_answer.status, effective_policy(their_answer)) == (404, our_answer.headers["content-security-policy"])


@pytest.mark.parametrize("address", ["/%2e%2e/statuspage.toml", "/%00"])
def test_what_nginx_refuses_outright_is_not_public_here_either(ours: Server, nginx: Server, address: str) -> None:
    assert (ours.ask(address).status, nginx.ask(address).status) == (404, 400)


@pytest.mark.parametrize("address", REDIRECTS)
def test_a_folder_without_its_slash_leads_to_it(ours: Server, nginx: Server, address: str) -> None:
    our_answer, their_answer = ours.ask(address), nginx.ask(address, Host="evil.example")

    assert (our_answer.status, their_answer.status) == (308, 301)
    assert our_answer.headers["location"] == their_answer.headers["location"] == f"{address}/"


def test_a_packed_file_beside_a_page_is_sent_in_its_place(ours: Server, nginx: Server) -> None:
    packed, plain = nginx.ask("/", Accept_Encoding="br, gzip"), nginx.ask("/")

    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.body) == plain.body == ours.ask("/").body
    assert packed.headers["content-type"] == plain.headers["content-type"]


def test_what_a_client_has_already_is_not_sent_again(nginx: Server) -> None:
    tag = nginx.ask("/hold/en.txt").headers["etag"]

    answers = [nginx.ask("/hold/en.txt", method=method, If_None_Match=tag) for method in ("GET", "HEAD")]

    assert [(answer.status, answer.body) for answer in answers] == [(304, b""), (304, b"")]


def paths_of_each_kind(public: Path) -> list[str]:
    """Return one path of each folder and ending, and all that lie at the top."""
    files = sorted(file.relative_to(public) for file in public.rglob("*") if file.is_file())
    kinds = {(file.parts[:-1][:2], file.name if len(file.parts) == 1 else file.name[-8:]): file for file in files}
    return [str(file) for file in kinds.values() if not file.name.startswith(".") and file.suffix != ".gz"]


def seen_by_clients(answer: Answer) -> tuple[int, bytes, dict[str, str | None]]:
    # What differs with the time of the request.
    body = b"" if b"compiled_at" in answer.body else answer.body
    return answer.status, body, {name: answer.headers.get(name) for name in COMPARED}


def effective_policy(answer: Answer) -> str:
    """Return what the page states for itself together with what the server adds."""
    stated = re.search(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', answer.body)
    added = answer.headers["content-security-policy"]
    return f"{html.unescape(stated[1].decode())}; {added}" if stated else added
