"""The application as those start it who have a server of their own: by Flask's usual name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.web.servers import Server


def test_flask_runs_the_application_by_its_usual_name(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.html").write_text("page")
    command = [sys.executable, "-m", "flask", "--app", "statuspage.web.app", "run", "--port", str(free_port)]
    environment = {**os.environ, "STATUSPAGE_SITE": str(tmp_path)}

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as flask:
        server = Server(process=flask, port=free_port)
        try:
            server.wait_until(lambda: _answers(server))
            page, health = server.ask("/"), server.ask("/healthz")
        finally:
            flask.terminate()

    assert (page.status, page.text) == (200, "page")
    assert (health.status, health.headers["cache-control"]) == (200, "no-store")


def _answers(server: Server) -> bool:
    try:
        return server.ask("/").status == 200
    except OSError:
        return False
