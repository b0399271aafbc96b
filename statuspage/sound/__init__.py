"""The sound of the hold message: voices, what telephones want of them, and the files that phone systems play."""

from statuspage.sound.engines import COMMAND_VARIABLE, Voice, missing_voice, voices_for
from statuspage.sound.follower import Follower
from statuspage.sound.forms import PCM, form_named, seconds_of
from statuspage.sound.messages import Messages, Place
from statuspage.sound.player import play
from statuspage.sound.recordings import recording_at, recording_stamps
from statuspage.sound.scripts import scripts_of
from statuspage.sound.site import SiteSound, smaller_messages, sound_fault, voices_of
from statuspage.sound.studio import Studio, Take

__all__ = [
    "COMMAND_VARIABLE",
    "PCM",
    "Follower",
    "Messages",
    "Place",
    "SiteSound",
    "Studio",
    "Take",
    "Voice",
    "form_named",
    "missing_voice",
    "play",
    "recording_at",
    "recording_stamps",
    "scripts_of",
    "seconds_of",
    "smaller_messages",
    "sound_fault",
    "voices_for",
    "voices_of",
]
