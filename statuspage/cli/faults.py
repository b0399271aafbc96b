"""Faults as a person, a script and a pipeline read them."""

from __future__ import annotations

from collections.abc import Sequence

from statuspage.errors import Fault, Severity

FORMATS = ("text", "json", "github")


def faults_text(faults: Sequence[Fault], form: str) -> str:
    """Return all the faults in one of FORMATS, without a final newline; empty for no faults, except as JSON."""
    if form == "json":
        import json

        return json.dumps({"faults": [fault_object(fault) for fault in faults]}, indent=2, ensure_ascii=False)
    return "\n".join(_github_line(fault) if form == "github" else str(fault) for fault in faults)


def fault_object(fault: Fault) -> dict[str, object]:
    """Return the fault as an object of JSON."""
    return {
        "path": fault.path,
        "line": fault.line,
        "where": fault.where,
        "what": fault.what,
        "severity": fault.severity.value,
    }


def summary(faults: Sequence[Fault]) -> str:
    """Return `2 errors and 1 warning.`, or that nothing is wrong."""
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    counts = [(errors, "error"), (len(faults) - errors, "warning")]
    parts = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return f"{' and '.join(parts)}." if parts else "Nothing is wrong."


def _github_line(fault: Fault) -> str:
    place = f"file={_escaped(fault.path, property_too=True)}"
    if fault.line is not None:
        place += f",line={fault.line}"
    message = f"{fault.where}: {fault.what}" if fault.where else fault.what
    return f"::{fault.severity} {place}::{_escaped(message)}"


def _escaped(text: str, *, property_too: bool = False) -> str:
    """Return the text as a workflow command of GitHub carries it."""
    escapes = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")]
    escapes += [(":", "%3A"), (",", "%2C")] if property_too else []
    for character, code in escapes:
        text = text.replace(character, code)
    return text
