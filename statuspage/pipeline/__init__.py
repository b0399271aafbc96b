"""The trip from files to what the public gets: what changed, what that makes different, and only that published."""

from statuspage.pipeline.trip import Built, Compiler, Preview, build, preview
from statuspage.pipeline.whole import Compiled, compile_site

__all__ = ["Built", "Compiled", "Compiler", "Preview", "build", "compile_site", "preview"]
