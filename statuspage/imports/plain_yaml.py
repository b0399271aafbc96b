"""YAML of strangers: every scalar stays text, and nothing grows while it is read."""

from __future__ import annotations

import yaml

from statuspage.characters import one_line
from statuspage.errors import Unreadable


def parse_yaml(text: str) -> object:
    """Return lists, mappings and texts; raise Unreadable for what is no YAML, and for aliases, which can multiply."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CBaseLoader)):
            raise Unreadable("holds a YAML alias (*); write out what it stands for")
        # Unlike the safe loader, this one knows no dates, numbers or booleans.
        loader = yaml.CBaseLoader(text)
        try:
            found: object = loader.get_single_data()
        finally:
            loader.dispose()
        return found
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Unreadable(f"is not YAML: {one_line(str(error))}") from error
