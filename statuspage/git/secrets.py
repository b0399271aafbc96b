"""What `[git]` names but does not hold: the token for the remote, the secret of the hook."""

from __future__ import annotations

import os
from pathlib import Path

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.remote import Credentials


def credentials_of(settings: GitSettings, site_dir: Path) -> Credentials | None:
    """Return what the remote is shown; None where no token is named. Raises GitRefused where it cannot be read."""
    token = _secret(settings.token_env, settings.token_file, site_dir, key="token")
    return Credentials(user=settings.user, token=token) if token else None


def hook_secret(settings: GitSettings, site_dir: Path) -> str | None:
    """Return the secret that a hook proves itself with; None where none is named.

    Raises GitRefused where it cannot be read.
    """
    return _secret(settings.hook_secret_env, settings.hook_secret_file, site_dir, key="hook_secret")


def _secret(variable: str | None, file: str | None, site_dir: Path, *, key: str) -> str | None:
    """Return the secret from the environment, else from the file, which is named from the site folder."""
    if variable:
        secret = os.environ.get(variable, "").strip()
        if not secret and not file:
            raise GitRefused(f"[git] {key}_env: {variable} is not set in the environment; set it, or take the line out")
        if secret:
            return secret
    if not file:
        return None
    try:
        secret = (site_dir / file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is no text"
        raise GitRefused(f"[git] {key}_file: {file} cannot be read: {reason}") from error
    if not secret:
        raise GitRefused(f"[git] {key}_file: {file} is empty; write the secret into it")
    return secret
