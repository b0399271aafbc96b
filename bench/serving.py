"""Serving the index: `statuspage serve` against nginx with gzip_static on the same tree, and while it is published.

Run as `python bench/serving.py [INCIDENTS]`, 300 unless said; takes about a minute. Needs nginx and wrk. Both servers
are driven in turn by one wrk with 64 connections and the 13 headers of a browser. Quote the ratios: both sides of one
are of the same minute of the same machine. CPU is user and system time of the server's processes.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import corpus
from bench.measuring import Row
from tests.web.nginx import NGINX, nginx_serving, pack
from tests.web.servers import Server, serving

NOW = "2026-11-01T00:10:00Z"
ROUNDS = 5
ROUND_SECONDS = 4
PUBLISHING_SECONDS = 15
CONNECTIONS = 64
RATE_LIMIT = 0.5
P99_LIMIT_MS = 15
EDITS_PER_SECOND = 10
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# wrk adds Host, which makes 13.
BROWSER_HEADERS = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Accept-Language: en-GB,en;q=0.9,de;q=0.8",
    'sec-ch-ua: "Chromium";v="141", "Not?A_Brand";v="8"',
    "sec-ch-ua-mobile: ?0",
    'sec-ch-ua-platform: "Linux"',
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Site: none",
    "Sec-Fetch-User: ?1",
    "Upgrade-Insecure-Requests: 1",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one run of wrk saw, and what it cost the server."""

    per_second: float
    p99_ms: float
    cpu_us: float
    """Of all processes of the server, a request."""
    errors: str


def main(incidents: int) -> int:
    """Print the figures; return 2 when a program is missing."""
    missing = [package for package, found in (("nginx-light", NGINX), ("wrk", shutil.which("wrk"))) if not found]
    if missing:
        print(f"missing: {' '.join(missing)} (on Debian and Ubuntu: apt-get install {' '.join(missing)})")
        return 2
    with tempfile.TemporaryDirectory() as name:
        site, scratch = Path(name) / "site", Path(name) / "nginx"
        corpus.main(incidents, site)
        scratch.mkdir()
        with serving(site, "--now", NOW) as ours:
            for page in (site / "public").rglob("*.html"):
                pack(page)
            with nginx_serving(site / "public", scratch) as nginx:
                compare(ours, nginx)
            while_publishing(ours, site)
    return 0


def compare(ours: Server, nginx: Server) -> None:
    """Print both sides of every round and the ratios."""
    rounds = [(load(ours), load(nginx)) for _ in range(ROUNDS)]
    for our_load, their_load in rounds:
        print(f"ours {shown(our_load)}  |  nginx {shown(their_load)}")
    ratios = [a.per_second / b.per_second for a, b in rounds]
    what = "serving the index, 64 connections, 13 headers, req/s / nginx's"
    print(rate_row(what, ratios))
    print_median("CPU a request, ours / nginx", [a.cpu_us / b.cpu_us for a, b in rounds])
    print_median("p99 in ms, ours", [a.p99_ms for a, _ in rounds])
    print_median("p99 in ms, nginx", [b.p99_ms for _, b in rounds])


def while_publishing(ours: Server, site: Path) -> None:
    """Print what the load is while an incident is edited 10 times a second."""
    stop = threading.Event()
    editor = threading.Thread(target=edit, args=(site, stop))
    editor.start()
    before = publications(ours)
    seen = load(ours, seconds=PUBLISHING_SECONDS)
    published = publications(ours) - before
    stop.set()
    editor.join()
    print(f"edited {EDITS_PER_SECOND} times a second: {shown(seen)}, published {published} times")
    print(
        Row(
            target="P7",
            what=f"its p99 while {EDITS_PER_SECOND} edits a second are published",
            wanted=f"≤ {P99_LIMIT_MS} ms",
            measured=f"{seen.p99_ms:.1f} ms",
            spread=f"{published} publications in {PUBLISHING_SECONDS} s",
            is_met=seen.p99_ms <= P99_LIMIT_MS,
        )
    )


def rate_row(what: str, ratios: list[float]) -> Row:
    """Return the row of the requests a second."""
    middle = statistics.median(ratios)
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    return Row(
        target="P7",
        what=what,
        wanted=f"≥ {RATE_LIMIT} x",
        measured=f"{middle:.2f} x",
        spread=spread,
        is_met=middle >= RATE_LIMIT,
    )


def publications(server: Server) -> int:
    """Return how often it has published so far."""
    return sum(" published " in line for line in server.logged)


def edit(site: Path, stop: threading.Event) -> None:
    """Change the newest incident so many times a second until told to stop."""
    newest = max((site / "incidents").rglob("*.md"))
    text = newest.read_text()
    beside = newest.with_suffix(".new")
    number = 0
    while not stop.wait(1 / EDITS_PER_SECOND):
        number += 1
        beside.write_text(f"{text}\nEdit {number}.\n")
        beside.replace(newest)


def load(server: Server, *, seconds: int = ROUND_SECONDS) -> Load:
    """Return what one run of wrk at the index saw."""
    headers = [part for header in BROWSER_HEADERS for part in ("-H", header)]
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--latency",
        *headers,
        f"http://127.0.0.1:{server.port}/",
    ]
    before = cpu_seconds(server.process.pid)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    cpu = cpu_seconds(server.process.pid) - before
    count = int(found(r"(\d+) requests in", said))
    return Load(
        per_second=float(found(r"Requests/sec: +([\d.]+)", said)),
        p99_ms=milliseconds(found(r"99% +(\S+)", said)),
        cpu_us=cpu / count * 1e6,
        errors="".join(re.findall(r"Socket errors.*|Non-2xx.*", said)),
    )


def found(pattern: str, text: str) -> str:
    """Return what the group of the pattern holds."""
    match = re.search(pattern, text)
    assert match, text
    return match[1]


def milliseconds(written: str) -> float:
    """Return how long `1.23ms` is, or `45.00us`, or `1.50s`."""
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", written).groups()  # type: ignore[union-attr]  # wrk writes no other
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def cpu_seconds(pid: int) -> float:
    """Return the user and system time of a process and of those below it."""
    return sum(_own_cpu_seconds(each) for each in (pid, *descendants(pid)))


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes below one."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from descendants(child)


def _own_cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def shown(seen: Load) -> str:
    """Return one side of a row."""
    return f"{seen.per_second:7.0f} req/s {seen.cpu_us:5.1f} us CPU p99 {seen.p99_ms:6.2f} ms {seen.errors}".rstrip()


def print_median(name: str, values: list[float]) -> None:
    """Print the median and the spread."""
    print(f"{name}: median {statistics.median(values):.2f}, {min(values):.2f} to {max(values):.2f}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
