"""What `statuspage.toml` says, as frozen settings, with all its faults at once."""

from __future__ import annotations

from statuspage.config.durations import parse_duration
from statuspage.config.git import GitSettings, check_remote, parse_git_settings
from statuspage.config.holding import OwnWords
from statuspage.config.settings import Settings, parse_settings
from statuspage.config.zones import find_zone, is_zone

__all__ = [
    "GitSettings",
    "OwnWords",
    "Settings",
    "check_remote",
    "find_zone",
    "is_zone",
    "parse_duration",
    "parse_git_settings",
    "parse_settings",
]
