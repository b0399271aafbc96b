"""A real `statuspage serve` that tells staff by mail and webhook, and takes its files from a remote."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from tests.clock.on_disk import DUE_AT, FILE, POST_ID, SETTINGS, TIMED, write_site
from tests.deliver.servers import Request, mail_server, web_server
from tests.git.repositories import bare, clone
from tests.web.servers import serving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - an example
JUST_BEFORE = "2026-11-21T14:34:57Z"


def ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return found


def staff_settings(mail_port: int, web_port: int) -> str:
    return (
        f'\n[mail]\nhost = "127.0.0.1"\nport = {mail_port}\nsecurity = "none"\nfrom = "status@acme.example"\n'
        '\n[staff]\nemail = ["ops@acme.example"]\n'
        '\n[[channel]]\naudience = "staff"\nkind = "webhook"\nname = "pager"\n'
        f'url = "http://127.0.0.1:{web_port}/hook"\nsecret_file = "secret"\n'
    )


def test_staff_are_told_once_by_mail_and_by_signed_webhook(tmp_path: Path) -> None:
    mail_port, web_port = ports(2)
    site = write_site(tmp_path / "site", settings=SETTINGS + staff_settings(mail_port, web_port))
    (site / "secret").write_text(SECRET)

    with mail_server(mail_port) as postbox, web_server(web_port) as receiver:
        for _ in range(2):
            with serving(site, "--now", JUST_BEFORE) as server:
                mails, requests = postbox.wait_for(2), receiver.wait_for(2)
                server.wait_until(lambda: POST_ID in server.ask("/updates.atom").text)
                assert server.stop() < 5
                logged = "".join(server.logged)

    subjects = [mail["subject"] for _, mail in mails]
    assert len(postbox.mails) == len(receiver.requests) == 2
    assert [recipient for recipient, _ in mails] == ["ops@acme.example"] * 2
    assert ["14:35" in subject for subject in subjects] == [True, True]
    assert all(is_signed(request) for request in requests)
    assert {json.loads(request.body)["type"] for request in requests} == {"staff.notice"}
    assert "ops@acme.example" not in logged
    assert SECRET not in logged


def is_signed(request: Request) -> bool:
    """Return True where the signature is right, by the library of those who wrote the rules."""
    headers = request.headers
    sent_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    return Webhook(SECRET).sign(headers["webhook-id"], sent_at, request.body.decode()) == headers["webhook-signature"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed: apt install git")
def test_a_site_from_a_remote_keeps_its_promise_and_pushes_the_post(tmp_path: Path) -> None:
    remote = bare(tmp_path / "status.git")
    ann = clone(remote, tmp_path / "ann")
    write_site(tmp_path / "draft")
    for path in ("statuspage.toml", FILE):
        (ann.folder / path).parent.mkdir(exist_ok=True)
        shutil.copy(tmp_path / "draft" / path, ann.folder / path)
    ann.commit()
    ann.push("-u")
    site = tmp_path / "site"
    site.mkdir()
    (site / "statuspage.toml").write_text(f'[git]\nremote = "{remote}"\npush = true\n')

    with serving(site, "--now", JUST_BEFORE) as server:
        server.wait_until(lambda: POST_ID in server.ask("/updates.atom").text)
        server.wait_until(lambda: POST_ID in _shown(remote, TIMED))
        faults = json.loads(server.ask("/healthz").text)["faults"]

    assert faults == []
    assert _shown(remote, TIMED).count("## ") == 1


def _shown(remote: Path, path: str) -> str:
    command = ["git", "-C", str(remote), "show", f"main:{path}"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_post_commits_and_tells_staff_once_without_a_server(tmp_path: Path) -> None:
    mail_port, web_port = ports(2)
    site = write_site(tmp_path / "site", settings=SETTINGS + staff_settings(mail_port, web_port))
    (site / "secret").write_text(SECRET)
    command = [sys.executable, "-m", "statuspage", "post", "--site", str(site), "--now", DUE_AT.isoformat()]

    with mail_server(mail_port) as postbox, web_server(web_port):
        for _ in range(2):
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            assert ended.returncode == 0, ended.stderr
        assert len(postbox.mails) == 1
