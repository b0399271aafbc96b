"""Whether everything that a site uses is in place: looked at, a finding each, and nothing is changed."""

from statuspage.doctor.examination import examine
from statuspage.doctor.finding import Finding, Verdict, as_object, as_text, is_anything_wrong

__all__ = ["Finding", "Verdict", "as_object", "as_text", "examine", "is_anything_wrong"]
