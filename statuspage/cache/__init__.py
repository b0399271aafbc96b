"""What is known of every incident without reading its file again: disposable, and never believed too far."""

from statuspage.cache.database import is_damage
from statuspage.cache.facts import Facts, facts_of, faults_from, faults_json, ticks
from statuspage.cache.known import Before, Known, Stamps
from statuspage.cache.records import Cache, open_cache

__all__ = [
    "Before",
    "Cache",
    "Facts",
    "Known",
    "Stamps",
    "facts_of",
    "faults_from",
    "faults_json",
    "is_damage",
    "open_cache",
    "ticks",
]
