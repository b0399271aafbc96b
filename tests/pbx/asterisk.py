"""Asterisk on loopback, with a configuration of its own, for one run of the tests."""

from __future__ import annotations

import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.pbx.chroot import ROOT

START_LIMIT_SECONDS = 30
STOP_LIMIT_SECONDS = 10
FREQUENCY_SECONDS = 3
"""Between two announcements of the queue: in the field it is 45."""
MODULES = """
res_pjproject res_sorcery_astdb res_sorcery_config res_sorcery_memory res_http_websocket res_pjsip res_pjsip_pubsub
res_pjsip_session res_pjsip_sdp_rtp res_pjsip_authenticator_digest res_pjsip_endpoint_identifier_anonymous
res_rtp_asterisk chan_pjsip res_curl res_http_media_cache res_timing_timerfd res_musiconhold res_speech res_agi
func_channel func_strings pbx_config app_playback app_queue app_verbose codec_ulaw codec_alaw codec_a_mu
format_pcm format_wav format_sln
""".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asterisk:
    """One that runs."""

    sip_port: int
    log: Path

    def logged(self, beginning: str) -> list[str]:
        """Return what the dialplan has logged behind these words, oldest first."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line.partition(beginning)[2].strip() for line in lines if beginning in line]


@contextmanager
def running(dialplan: str, *, announcements: tuple[str, ...], music: bytes) -> Iterator[Asterisk]:
    """Run Asterisk with this dialplan and music in µ-law, until the block ends.

    Its queue `support` has these announcements, in turn, and its music `told` the first of them.
    """
    inside = Path(f"/run/pbx-{secrets.token_hex(6)}")
    folder = ROOT / inside.relative_to("/")
    sip_port = _free_port(socket.SOCK_DGRAM)
    for name in ("etc", "db", "spool", "log", "run", "keys", "moh", "agi"):
        (folder / name).mkdir(parents=True)
    (folder / "moh" / "music.ulaw").write_bytes(music)
    _allow_names()
    for name, text in _configuration(inside, sip_port, dialplan, announcements).items():
        (folder / "etc" / f"{name}.conf").write_text(text)
    asterisk = Asterisk(sip_port=sip_port, log=folder / "log" / "full")
    with (folder / "log" / "console").open("wb") as console:
        process = subprocess.Popen(
            [
                shutil.which("chroot") or "/usr/sbin/chroot",
                str(ROOT),
                "/usr/sbin/asterisk",
                "-C",
                f"{inside}/etc/asterisk.conf",
                "-f",
            ],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
        )
        try:
            _wait_until_it_answers(process, asterisk)
            yield asterisk
        finally:
            _end(process)
            shutil.rmtree(folder)


def _wait_until_it_answers(process: subprocess.Popen[bytes], asterisk: Asterisk) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while not (asterisk.log.exists() and "Asterisk Ready" in asterisk.log.read_text(errors="replace")):
        if process.poll() is not None or time.monotonic() > deadline:
            told = (asterisk.log.parent / "console").read_text(errors="replace")
            raise AssertionError(f"Asterisk does not start: {told[-2_000:]}")
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _allow_names() -> None:
    """Let it know its own name without a server of names: the first call would hang for one."""
    (ROOT / "etc" / "hosts").write_text(f"127.0.0.1 localhost {socket.gethostname()}\n")
    (ROOT / "etc" / "resolv.conf").write_text("")


def _configuration(inside: Path, sip_port: int, dialplan: str, announcements: tuple[str, ...]) -> dict[str, str]:
    rtp_port = _free_port(socket.SOCK_DGRAM) // 2 * 2
    loaded = "\n".join(f"load = {module}.so" for module in MODULES)
    return {
        "asterisk": (
            f"[directories]\nastetcdir => {inside}/etc\nastmoddir => /usr/lib/asterisk/modules\n"
            f"astvarlibdir => /var/lib/asterisk\nastdbdir => {inside}/db\nastkeydir => {inside}/keys\n"
            f"astdatadir => /usr/share/asterisk\nastagidir => {inside}/agi\nastspooldir => {inside}/spool\n"
            f"astrundir => {inside}/run\nastlogdir => {inside}/log\n[options]\nverbose = 3\n"
        ),
        "modules": f"[modules]\nautoload = no\n{loaded}\n",
        "logger": "[general]\n[logfiles]\nfull => notice,warning,error,verbose\n",
        "pjsip": (
            f"[udp]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:{sip_port}\n"
            "[anonymous]\ntype=endpoint\ncontext=calls\ndisallow=all\nallow=ulaw\n"
            "media_address=127.0.0.1\nbind_rtp_to_media_address=yes\n"
        ),
        "rtp": f"[general]\nrtpstart={rtp_port}\nrtpend={rtp_port + 40}\n",
        "musiconhold": (
            f"[default]\nmode=files\ndirectory={inside}/moh\n"
            f"[told]\nmode=files\ndirectory={inside}/moh\nannouncement={announcements[0]}\n"
        ),
        "queues": (
            "[general]\n[support]\nmusicclass=default\njoinempty=yes\nannounce-frequency=0\n"
            f"periodic-announce={','.join(announcements)}\nperiodic-announce-frequency={FREQUENCY_SECONDS}\n"
            "relative-periodic-announce=yes\n"
        ),
        "extensions": f"[calls]\n{dialplan}",
    }


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
