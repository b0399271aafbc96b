"""What `[git]` of a site folder says: read apart, because it says where all the other settings come from."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from statuspage.characters import decode
from statuspage.config import GitSettings, parse_git_settings
from statuspage.errors import Fault, FaultyFiles, Unreadable
from statuspage.git.places import mirror_path
from statuspage.layout import SETTINGS
from statuspage.source.folder import read_settings_file
from statuspage.source.last_good import LastGood


def read_git_settings(site_dir: Path) -> GitSettings:
    """Return what `[git]` says in `statuspage.toml`, whatever else stands there; the usual where there is no such file.

    Of a file that is broken, its last good version counts. Raises FaultyFiles where a site that came from a remote has
    none: to publish the empty folder in its place would be wrong.
    """
    file = read_settings_file(site_dir)
    settings, faults = _parsed(file.data) if file.data is not None and not file.fault else (None, ())
    if settings:
        return settings
    with closing(LastGood(site_dir)) as last_good:
        for version in last_good.versions(SETTINGS):
            settings, _ = _parsed(version)
            if settings:
                return settings
    if mirror_path(site_dir).exists():
        raise FaultyFiles(faults or (Fault(path=SETTINGS, what=file.fault or "cannot be read"),))
    return GitSettings()


def _parsed(content: bytes) -> tuple[GitSettings | None, tuple[Fault, ...]]:
    try:
        return parse_git_settings(decode(content))
    except Unreadable as error:
        return None, (Fault(path=SETTINGS, what=str(error)),)
