"""What lies where below `var/` of a site whose files come from a remote."""

from __future__ import annotations

from pathlib import Path

from statuspage.layout import VAR


def mirror_path(site_dir: Path) -> Path:
    """Return the bare repository that the remote is fetched into."""
    return site_dir / VAR / "mirror.git"


def inner_site(site_dir: Path) -> Path:
    """Return the site folder that one commit of the remote is brought into."""
    return site_dir / VAR / "source"


def state_path(site_dir: Path) -> Path:
    """Return the file that says which commit lies in the inner site; missing while that changes."""
    return site_dir / VAR / "source.json"


def accepted_path(site_dir: Path) -> Path:
    """Return the file that names the commit which a person let pass."""
    return site_dir / VAR / "accepted"


def lock_path(site_dir: Path) -> Path:
    """Return the file whose lock says who moves the mirror and the inner site."""
    return site_dir / VAR / "mirror.lock"


def fetch_lock_path(site_dir: Path) -> Path:
    """Return the file whose lock says who writes packs into the mirror."""
    return site_dir / VAR / "fetch.lock"
