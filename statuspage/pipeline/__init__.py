"""The trip from files to what the public gets: what changed, what that makes different, and only that published."""

from statuspage.pipeline.keeper import Keeper, Posted, post
from statuspage.pipeline.trip import Built, Compiler, Preview, build, preview

__all__ = ["Built", "Compiler", "Keeper", "Posted", "Preview", "build", "post", "preview"]
