"""The thread that empties the outbox: what is due is claimed, sent, and noted as sent or to be tried again."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.deliver.announcement import Destination, Message
from statuspage.deliver.outbox import Claim, Outbox
from statuspage.errors import NotDelivered
from statuspage.instants import utc_text

LANES_AT_ONCE = 4
LONGEST_WAIT_SECONDS = 30.0
"""A waiting thread does not notice that the clock was set: it looks from time to time."""
PAUSE_SECONDS = 5.0
"""After the disk refused."""

logger = logging.getLogger(__name__)

Send = Callable[[Message, Destination, datetime], None]
"""Sends the message to the destination at an instant, or raises NotDelivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What came of the deliveries that were due."""

    sent_count: int = 0
    failed_count: int = 0
    """Some of them are tried again."""


class Deliverer:
    """Sends what is in the outbox: one after the other to one server, side by side to several.

    A server that does not answer holds up nobody but itself.
    """

    def __init__(
        self,
        outbox: Outbox,
        send: Send,
        *,
        destination_of: Callable[[str], Destination | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._outbox = outbox
        self._send = send
        self._destination_of = destination_of
        self._clock = clock
        self._poked = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="deliverer", daemon=True)
        self._lock = threading.Lock()
        self._lanes: dict[str, threading.Thread] = {}
        self.failure = ""
        """Why the outbox cannot be used; empty when it can."""

    def start(self) -> None:
        """Send what is due now, and later what comes, in the background, until stopped."""
        self._thread.start()

    def poke(self) -> None:
        """Have the outbox looked at, soon."""
        self._poked.set()

    def stop(self, *, limit_seconds: float = 3.0) -> None:
        """End; a send under way gets so long to finish, and what it does not finish is sent after the next start."""
        end = time.monotonic() + limit_seconds
        self._stopping.set()
        self._poked.set()
        with self._lock:
            lanes = [*self._lanes.values()]
        for thread in (self._thread, *lanes):
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def deliver_due(self, now: datetime) -> Delivered:
        """Send all that is due at `now`, here and one after the other; raises sqlite3.Error where the disk refuses."""
        sent_count = failed_count = 0
        while (claim := self._outbox.claim(now)) is not None:
            if self._deliver(claim, now):
                sent_count += 1
            else:
                failed_count += 1
        return Delivered(sent_count=sent_count, failed_count=failed_count)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                wait_seconds = self._step()
                self.failure = ""
            except (sqlite3.Error, OSError) as error:
                self._note(error)
                wait_seconds = PAUSE_SECONDS
            self._poked.wait(wait_seconds)
            self._poked.clear()

    def _step(self) -> float:
        """Give each free lane its next delivery; return how long there is nothing to do."""
        while not self._stopping.is_set():
            with self._lock:
                busy = frozenset(self._lanes)
            if len(busy) >= LANES_AT_ONCE:
                return LONGEST_WAIT_SECONDS
            claim = self._outbox.claim(self._clock(), busy=busy)
            if claim is None:
                due = self._outbox.next_due(busy=busy)
                ahead = due - self._clock() if due else timedelta.max
                return min(max(ahead.total_seconds(), 0.0), LONGEST_WAIT_SECONDS)
            lane = threading.Thread(target=self._run_lane, args=(claim,), name=f"deliver-{claim.lane}", daemon=True)
            with self._lock:
                self._lanes[claim.lane] = lane
            lane.start()
        return 0.0

    def _run_lane(self, claim: Claim) -> None:
        try:
            self._deliver(claim, self._clock())
        except (sqlite3.Error, OSError) as error:
            # It may have been sent: it is sent again when the claim has run out, with the same id.
            self._note(error)
        finally:
            with self._lock:
                del self._lanes[claim.lane]
            self._poked.set()

    def _deliver(self, claim: Claim, now: datetime) -> bool:
        """Send one message and note what came of it; return False when it did not arrive."""
        destination = self._destination_of(claim.destination)
        if destination is None:
            self._outbox.skipped(claim, now=now)
            return False
        named = {"kind": claim.message.kind, "to": destination.masked, "id": claim.message.id}
        try:
            self._send(claim.message, destination, now)
        except NotDelivered as error:
            self._give_back(claim, error, now, named)
            return False
        except Exception as error:  # noqa: BLE001 - the top of a job: a bug must not stop the other messages
            # Where it broke, and not with what: that may be an address.
            logger.error(
                "delivery broke", extra={**named, "at": "".join(traceback.format_tb(error.__traceback__)[-2:])}
            )
            self._give_back(claim, NotDelivered(f"the program failed: {type(error).__name__}"), now, named)
            return False
        self._outbox.done(claim, now=now)
        logger.info("delivered", extra=named)
        return True

    def _give_back(self, claim: Claim, error: NotDelivered, now: datetime, named: Mapping[str, str]) -> None:
        again_at = self._outbox.failed(claim, error, now=now)
        values = {**named, "reason": str(error), "attempt": claim.attempt}
        if again_at is None:
            logger.error("delivery given up", extra=values)
        else:
            logger.warning("delivery failed", extra=values | {"again_at": utc_text(again_at)})

    def _note(self, error: Exception) -> None:
        self.failure = f"the outbox cannot be used: {error}"
        logger.error("outbox failed", extra={"reason": str(error)})
