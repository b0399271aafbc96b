"""Faults as a person, a script and a pipeline read them."""

from __future__ import annotations

import json

from statuspage.cli.faults import faults_text, summary
from statuspage.errors import Fault, Severity, in_order

BAD_STATUS = Fault(
    path="incidents/api.md", line=14, where="heading", what='"fixd" is not a status; did you mean "Fixed"?'
)
ODD_NAME = Fault(path="incidents/50% off, now.md", what="its name\nhas a line end", severity=Severity.WARNING)


def test_a_person_reads_place_and_what_would_be_right() -> None:
    text = faults_text([BAD_STATUS], "text")

    assert text == 'incidents/api.md:14: heading: "fixd" is not a status; did you mean "Fixed"?'


def test_a_script_reads_every_part_by_its_name() -> None:
    document = json.loads(faults_text([BAD_STATUS], "json"))

    assert document == {
        "faults": [
            {
                "path": "incidents/api.md",
                "line": 14,
                "where": "heading",
                "what": '"fixd" is not a status; did you mean "Fixed"?',
                "severity": "error",
            }
        ]
    }


def test_without_faults_a_script_still_reads_a_document() -> None:
    assert json.loads(faults_text([], "json")) == {"faults": []}


def test_a_pipeline_reads_one_command_a_fault_with_everything_odd_escaped() -> None:
    text = faults_text([BAD_STATUS, ODD_NAME], "github")

    assert text == (
        '::error file=incidents/api.md,line=14::heading: "fixd" is not a status; did you mean "Fixed"?\n'
        "::warning file=incidents/50%25 off%2C now.md::its name%0Ahas a line end"
    )


def test_faults_stand_in_order_of_file_and_line_each_once() -> None:
    later = Fault(path="incidents/api.md", line=20, what="later")
    whole = Fault(path="incidents/api.md", what="whole file")

    assert in_order([later, BAD_STATUS, whole, BAD_STATUS]) == (whole, BAD_STATUS, later)


def test_the_summary_counts_errors_and_warnings() -> None:
    assert summary([BAD_STATUS, ODD_NAME, BAD_STATUS]) == "2 errors and 1 warning."
    assert summary([BAD_STATUS]) == "1 error."
    assert summary([]) == "Nothing is wrong."
