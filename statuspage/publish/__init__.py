"""Files to disk: only what changed, each whole, leaves before what links to them, the index last, then removals."""

from statuspage.publish.publication import ManifestDamaged, NotPublished, Publication, Published, manifest_path, publish
from statuspage.publish.side_files import can_be_made, not_installed, side_paths, with_side_files

__all__ = [
    "ManifestDamaged",
    "NotPublished",
    "Publication",
    "Published",
    "can_be_made",
    "manifest_path",
    "not_installed",
    "publish",
    "side_paths",
    "with_side_files",
]
