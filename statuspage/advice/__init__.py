"""What would make the words of an incident better for those who read or hear them; never a reason not to publish."""

from statuspage.advice.spoken import spoken_advice

__all__ = ["spoken_advice"]
