"""A real nginx on a loopback port, with the configuration that docs/nginx.conf shows."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.web.servers import Server

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
LIMIT_SECONDS = 10.0
DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "nginx.conf"
KINDS_OF_SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def write_configuration(folder: Path, *, public: Path, port: int) -> Path:
    """Write docs/nginx.conf for one worker, this tree and this port, with every other file of nginx in `folder`."""
    scratch = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in KINDS_OF_SCRATCH)
    text = DOCUMENTED.read_text()
    for shown, wanted in (
        ("worker_processes auto;", f"worker_processes 1;\npid {folder / 'nginx.pid'};\n{_user()}"),
        ("http {\n", f"http {{\n{scratch}"),
        ("listen 8080;", f"listen 127.0.0.1:{port};"),
        ("root /srv/status/public;", f"root {public};"),
    ):
        assert text.count(shown) == 1, shown
        text = text.replace(shown, wanted)
    configuration = folder / "nginx.conf"
    configuration.write_text(text)
    return configuration


@contextmanager
def nginx_serving(public: Path, folder: Path) -> Iterator[Server]:
    """Run nginx on a free port until the block ends; its own files lie in `folder`."""
    assert NGINX
    port = free_port()
    configuration = write_configuration(folder, public=public, port=port)
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-g", "daemon off;", "-c", str(configuration)]
    with subprocess.Popen(command, text=True) as process:
        try:
            _wait_for(process, port)
            yield Server(process=process, port=port)
        finally:
            process.terminate()


def pack(file: Path) -> None:
    """Write the compressed file beside one that nginx takes instead."""
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 6, mtime=0))


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _user() -> str:
    """Return who the worker is: a worker of root's nginx is otherwise somebody who can't read a folder of tests."""
    return "user root;\n" if os.geteuid() == 0 else ""


def _wait_for(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert process.poll() is None, "nginx ended"
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(0.02)
