"""What the importers and the compiler make of incidents that nobody here wrote: counts, faults and CPU seconds.

Run as `python bench/real_input.py SHARED`, where SHARED holds `real-incidents/` and `statuspage-v2-samples/`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from statuspage.errors import Severity
from statuspage.imports.cstate import import_cstate
from statuspage.imports.drafts import Imported
from statuspage.imports.statuspage import import_statuspage
from statuspage.pipeline import build
from statuspage.pipeline.whole import compile_site

NOW = datetime(2026, 11, 22, tzinfo=UTC)
Importer = Callable[[str, Path], Imported]


def main(shared: Path) -> None:
    """Print one block for each of the two sites."""
    real = shared / "real-incidents"
    measure("GitHub, status API documents", import_statuspage, real / "github-statuspage")
    measure("Jenkins, cState", import_cstate, real / "jenkins-cstate")


def measure(name: str, importer: Importer, source: Path) -> None:
    """Import and build one site in a folder of its own, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        began = time.process_time()
        imported = importer(str(source), site)
        import_seconds = time.process_time() - began
        began = time.process_time()
        built = build(site, output=site / "public", now=NOW)
        build_seconds = time.process_time() - began
        told = list(compile_site(site, NOW).shown.history.everything())
    severities = Counter(fault.severity for fault in built.faults)
    print(f"{name}:")
    print(f"  {len(imported.written)} files written in {import_seconds:.2f} CPU s, {len(imported.notes)} notes")
    updates = sum(len(incident.updates) for incident in told)
    print(f"  {len(told)} incidents and planned works, {updates} updates")
    print(f"  {severities[Severity.ERROR]} errors, {severities[Severity.WARNING]} warnings")
    print(f"  {built.published.count} files built in {build_seconds:.2f} CPU s")
    for fault in built.faults:
        print(f"  {fault}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
