"""From what changed in the files and on the clock to what is known of the site: nothing else is read or told again."""

from statuspage.compiler.incidents import Fresh, Moved, Teller, Work
from statuspage.compiler.key import program_key
from statuspage.compiler.present import CachedHistory, InHand, Tellings, cached_component, present
from statuspage.compiler.sources import Look, SourceFolder

__all__ = [
    "CachedHistory",
    "Fresh",
    "InHand",
    "Look",
    "Moved",
    "SourceFolder",
    "Teller",
    "Tellings",
    "Work",
    "cached_component",
    "present",
    "program_key",
]
