"""What the lines of a front matter still tell when its YAML cannot be read: title, window, components and the like."""

from __future__ import annotations

import re

from statuspage.source.front_matter import LARGEST_FRONT_MATTER_BYTES, YamlValue

_KEY = re.compile(
    r"[\"']?(title|impact|kind|starts|ends|draft|notify|id|components)[\"']?[ \t]*[:=][ \t]*(.*)", re.IGNORECASE
)
_LONGEST_NAME = 100


def salvaged_entries(text: str) -> dict[str, YamlValue]:
    """Return the entries that single lines of the first 16 kB tell, up to the first heading."""
    entries: dict[str, YamlValue] = {}
    components: dict[str, YamlValue] = {}
    is_below_components = False
    for number, line in enumerate(text[:LARGEST_FRONT_MATTER_BYTES].split("\n"), start=1):
        if line.startswith("#"):
            break
        key = _KEY.fullmatch(line.rstrip())
        if key:
            is_below_components = key[1].lower() == "components"
            if not is_below_components:
                entries.setdefault(key[1].lower(), YamlValue(line=number, value=_bare(key[2]) or None))
        elif is_below_components and line.startswith((" ", "\t", "-")):
            name, _, state = line.strip().lstrip("-").partition(":")
            components.setdefault(_bare(name)[:_LONGEST_NAME], YamlValue(line=number, value=_bare(state)))
    components.pop("", None)
    if components:
        entries["components"] = YamlValue(line=1, value=components)
    return entries


def _bare(value: str) -> str:
    return value.split(" #")[0].strip().strip("\"'").strip()
