"""Secrets in the settings: the file says only where each one lies, in the environment or in a file of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from statuspage.config.toml_table import TomlTable

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretPlace:
    """Where a secret lies; one of the two is set."""

    where: str
    """The key that says so, `[mail] password_env`."""
    variable: str = ""
    """A name in the environment."""
    file: str = ""
    """A path, from the site folder."""


def read_secret_place(table: TomlTable, name: str) -> SecretPlace | None:
    """Return where the secret `name` lies, by `<name>_env` or `<name>_file`; None where neither is written well.

    The secret itself, under `name`, is refused.
    """
    if name in table:
        table.note(name, f"is a secret, and this file is no place for it; {secret_hint(name)}")
    variable, file = table.text(f"{name}_env"), table.text(f"{name}_file")
    if variable and file:
        table.note(f"{name}_file", f"stands beside {name}_env; keep one of the two")
    if variable and not _VARIABLE.fullmatch(variable):
        # It may be the secret itself: it is not repeated here.
        table.note(f"{name}_env", "is not the name of a variable of the environment, such as STATUSPAGE_SECRET")
        return None
    if variable:
        return SecretPlace(where=f"{table.name} {name}_env", variable=variable)
    return SecretPlace(where=f"{table.name} {name}_file", file=file) if file else None


def secret_hint(name: str) -> str:
    """Return how to write where a secret lies."""
    variable = f"STATUSPAGE_{name.upper()}"
    return f'write {name}_env = "{variable}" and put it there, or {name}_file = "/run/secrets/{name}"'


def without_secret(table: TomlTable, name: str) -> TomlTable:
    """Return the table as if the secret itself did not stand in it: it has a fault of its own."""
    return replace(table, content={key: value for key, value in table.content.items() if key != name})
