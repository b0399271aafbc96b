"""The trip from files to what the public gets: what changed, what that makes different, and only that published."""

from statuspage.pipeline.trip import Built, Compiler, Preview, build, preview

__all__ = ["Built", "Compiler", "Preview", "build", "preview"]
