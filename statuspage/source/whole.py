"""A whole site folder to one reading: settings and incidents together, with every fault of both."""

from __future__ import annotations

from statuspage.errors import FaultyFiles
from statuspage.source.folder import Folder
from statuspage.source.last_good import LastGood
from statuspage.source.settings_file import read_settings
from statuspage.source.site import Reading, read_page


def read_site(folder: Folder, last_good: LastGood) -> Reading:
    """Return what the files say, with everything that is wrong with them, by path, then by line.

    Raises FaultyFiles when there are no settings to work with, neither good ones nor earlier ones.
    """
    settings, settings_faults = read_settings(folder.settings, last_good=last_good)
    if settings is None:
        raise FaultyFiles((*settings_faults, *folder.faults))
    reading = read_page(settings, folder.files, last_good=last_good)
    faults = (*settings_faults, *folder.faults, *reading.faults)
    ordered = tuple(sorted(faults, key=lambda fault: (fault.path, fault.line or 0)))
    return Reading(page=reading.page, faults=ordered, path_by_slug=reading.path_by_slug)
