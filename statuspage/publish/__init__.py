"""Files to disk: only what changed, each whole, leaves before what links to them, the index last, then removals."""

from statuspage.publish.publication import NotPublished, Publication, Published, manifest_path, publish

__all__ = ["NotPublished", "Publication", "Published", "manifest_path", "publish"]
