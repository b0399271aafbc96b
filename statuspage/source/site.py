"""A whole site folder to one reading: settings and incidents together, with every fault of both."""

from __future__ import annotations

from dataclasses import replace

from statuspage.errors import FaultyFiles, in_order
from statuspage.source.folder import Folder
from statuspage.source.last_good import LastGood
from statuspage.source.page import Reading, read_page
from statuspage.source.settings_file import read_settings, with_brand_files


def read_site(folder: Folder, last_good: LastGood) -> Reading:
    """Return what the files say, with everything that is wrong with them, by path, then by line.

    Raises FaultyFiles when there are no settings to work with, neither good ones nor earlier ones.
    """
    settings, settings_faults = read_settings(folder.settings, last_good=last_good.versions)
    if settings is None:
        raise FaultyFiles((*settings_faults, *folder.faults))
    settings, brand_faults = with_brand_files(settings, folder.static.get)
    reading = read_page(settings, folder.files, last_good=last_good.versions)
    return replace(reading, faults=in_order((*settings_faults, *brand_faults, *folder.faults, *reading.faults)))
