"""What runs in the server's process: the published files over HTTP, and behind them the one who compiles."""

from __future__ import annotations

import ctypes
import json
import logging
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.logs import start_logging
from statuspage.cli.options import Clock
from statuspage.cli.sentences import next_change_sentence
from statuspage.cli.upkeep import Upkeep, git_settings
from statuspage.errors import StatusPageError
from statuspage.instants import utc_text
from statuspage.layout import INCIDENTS, PUBLIC
from statuspage.pipeline import Built
from statuspage.publish import Published
from statuspage.render.addresses import site_path
from statuspage.render.heartbeat import PATH as HEARTBEAT
from statuspage.scheduler import Scheduler
from statuspage.site_lock import SiteLock
from statuspage.web.app import create_app, published_of
from statuspage.web.health import Health
from statuspage.web.hooks import GitHook

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

FOLLOW_SECONDS = 1.0
STOP_SECONDS = 3.5
ANSWER_LIMIT_SECONDS = 30.0
TURN_SECONDS = 0.001
"""How long the compiler may keep the interpreter while a reader waits; Python's own 0.005 makes slow answers slower."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What `serve` was asked to do."""

    site_dir: Path
    host: str
    port: int
    clock: Clock
    accepts: bool = False
    """Publish a commit that was held back."""

    @property
    def address(self) -> str:
        """Return where a browser on this machine finds the page."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - read, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


class Worker:
    """One server process: it compiles while it holds the site's lock, else it serves what another one publishes."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = SiteLock(service.site_dir, address=service.address)
        self._scheduler = Scheduler(
            lambda now, changed: self._upkeep.run(now, changed),
            site_dir=service.site_dir,
            clock=service.clock.now,
            floor=self._last_published_at(),
        )
        self._upkeep = Upkeep(
            service.site_dir,
            clock=service.clock.now,
            show=self._show_built,
            poke=self._scheduler.poke,
            accepts=service.accepts,
        )
        self._built: Built | None = None
        self.app = create_app(service.site_dir, health=self.health, git_hook=self._git_hook())
        self._published = published_of(self.app)

    def start(self) -> None:
        """Begin to compile, or to follow the one who does; return when there is something to serve."""
        if not self._lock.try_take():
            threading.Thread(target=self._follow, name="follow", daemon=True).start()
            return
        self._scheduler.start()
        if not self._published.release.hot:
            self._scheduler.has_tried.wait()

    def stop(self) -> None:
        """Let a compilation, and what is being sent, finish within a limit, and end the timed work."""
        if self._lock.is_held:
            enders = [threading.Thread(target=stop, daemon=True) for stop in (self._scheduler.stop, self._upkeep.stop)]
            for ender in enders:
                ender.start()
            deadline = time.monotonic() + STOP_SECONDS
            for ender in enders:
                ender.join(max(0.0, deadline - time.monotonic()))
        logger.info("stopped")

    def announce(self) -> None:
        """Print where the page is, once it answers there."""
        if self._lock.is_held:
            self._scheduler.has_tried.wait()
        if _answers(self._service):
            click.echo(self._greeting())

    def health(self) -> Health:
        """Return how the compiling goes; a process that only serves has nothing to complain of."""
        pulse = self._scheduler.pulse
        faults = self._built.faults if self._built else ()
        is_compiling = self._lock.is_held
        return Health(
            is_alive=self._scheduler.is_alive or not is_compiling,
            compiled_at=pulse.compiled_at,
            next_change_at=self._built.next_change_at if self._built else None,
            late_beats=self._scheduler.late_beats if is_compiling else 0,
            faults=tuple(filter(None, (pulse.failure, *self._upkeep.troubles(), *map(str, faults)))),
        )

    def _git_hook(self) -> GitHook | None:
        """Return the hook of a site that comes from a remote and names a secret; None for any other."""
        try:
            settings = git_settings(self._service.site_dir)
            if settings is None or settings.remote is None:
                return None
            from statuspage.git.secrets import hook_secret

            secret = hook_secret(settings, self._service.site_dir)
        except StatusPageError as error:
            logger.warning("no git hook", extra={"reason": str(error)})
            return None
        wake = self._upkeep.wake_origin
        return GitHook(secret=secret, branch=settings.fetched_branch, wake=wake) if secret else None

    def _last_published_at(self) -> datetime | None:
        """Return as of when the public files were compiled; None for a clock of its own, which is taken as given."""
        if self._service.clock.offset:
            return None
        try:
            known = json.loads((self._service.site_dir / PUBLIC / HEARTBEAT).read_bytes())
            return datetime.fromisoformat(known["compiled_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _show_built(self, built: Built, now: datetime) -> None:
        """Show readers what was published."""
        if self._built is None:
            _give_back_memory()
        self._published.base = site_path(built.settings.site)
        self._published.refresh(self._changed_by(built.published))
        self._report(built, now)

    def _changed_by(self, published: Published) -> set[str] | None:
        """Return the paths that differ now; None where another process may have published, as `build` does."""
        changed = {*published.written, *published.removed}
        return changed if self._built and changed - {HEARTBEAT} else None

    def _report(self, built: Built, now: datetime) -> None:
        """Log what changed since the last time: files published, faults that are new."""
        is_first, known = self._built is None, set(self._built.faults) if self._built else set()
        self._built = built
        if built.note:
            logger.warning("cache thrown away", extra={"reason": built.note})
        for fault in built.faults:
            if fault not in known:
                logger.warning("fault", extra={"fault": str(fault)})
        published = built.published
        if not is_first and published.written == (HEARTBEAT,) and not published.removed:
            return
        written, removed = len(published.written), len(published.removed)
        upcoming = utc_text(built.next_change_at)
        logger.info("published", extra={"now": utc_text(now), "written": written, "removed": removed, "next": upcoming})

    def _follow(self) -> None:
        """Show what another process publishes; take over when it has ended."""
        while not self._lock.try_take():
            time.sleep(FOLLOW_SECONDS)
            self._published.refresh()
        logger.info("taking over")
        self._scheduler.start()

    def _greeting(self) -> str:
        service = self._service
        if self._built is None:
            others = "Another statuspage serve compiles it" if not self._lock.is_held else "Not compiled yet"
            return f"Serving {service.site_dir} at {service.address} {others}."
        next_change = next_change_sentence(self._built.next_change_at, service.clock.now())
        return (
            f"Serving {self._built.settings.site.title} at {service.address} {next_change}\n"
            f"Edit the files in {service.site_dir / INCIDENTS}: the page follows. Ctrl-C ends it."
        )


def _give_back_memory() -> None:
    """Return to the system what a first compilation took and left free: a server runs for months."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def load(service: Service, _target: str) -> WSGIApplication:
    """Return the application of a server process that has just begun, with its compiler running behind it."""
    start_logging()
    sys.setswitchinterval(TURN_SECONDS)
    worker = Worker(service)
    worker.start()
    threading.Thread(target=worker.announce, name="announce", daemon=True).start()
    # A server process is a child that ends without atexit; this is what runs in it instead.
    Finalize(None, worker.stop, exitpriority=1)
    return published_of(worker.app)


def _answers(service: Service) -> bool:
    """Wait until the server takes connections; return False when it does not come to that."""
    deadline = time.monotonic() + ANSWER_LIMIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with socket.create_connection((service.host, service.port), timeout=1):
                return True
        except OSError:
            time.sleep(0.02)
    return False
