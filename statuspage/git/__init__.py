"""Git: timed posts committed and pushed, and a site that is published from a remote; no git program is needed."""

from statuspage.git.folder_origin import FolderOrigin
from statuspage.git.mirror_origin import MirrorOrigin
from statuspage.git.origin import Origin, origin_of
from statuspage.git.secrets import hook_secret
from statuspage.git.settings_file import read_git_settings

__all__ = ["FolderOrigin", "MirrorOrigin", "Origin", "hook_secret", "origin_of", "read_git_settings"]
