"""Speak the neutral message anew into the files that ship with the program, with the best voices installed."""

from __future__ import annotations

from array import array
from pathlib import Path
from tempfile import TemporaryDirectory

import statuspage.sound
from statuspage.sound import Place, Studio, seconds_of
from statuspage.sound.forms import NARROW_RATE, PCM, WIDE, WIDE_RATE
from statuspage.sound.g711 import to_ulaw
from statuspage.sound.neutral import SENTENCES, asset_name
from statuspage.sound.scripts import Script
from statuspage.sound.wav import read_wav

ASSETS = Path(statuspage.sound.__file__).parent / "assets"


def main() -> None:
    """Write each language at both rates."""
    ASSETS.mkdir(exist_ok=True)
    for language, sentence in SENTENCES.items():
        with TemporaryDirectory() as folder:
            take = Studio(Path(folder)).make(Script(place=Place(language, 1), sentences=(sentence,)))
        for rate, ending in ((NARROW_RATE, PCM), (WIDE_RATE, WIDE)):
            samples = array("h", map(int, read_wav(take.forms[ending]).samples))
            (ASSETS / asset_name(language, rate)).write_bytes(to_ulaw(samples))
        print(f"{language}: {seconds_of(take.forms):.1f} seconds, by {take.source}: {sentence}")


if __name__ == "__main__":
    main()
