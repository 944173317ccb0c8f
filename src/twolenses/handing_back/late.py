"""A penalty for each day that a submission is late, for nbgrader to take off.

In `nbgrader_config.py`::

    c.AssignLatePenalties.plugin_class = "twolenses.handing_back.late.PerDay"
    c.PerDay.percent = 10
    c.PerDay.grace_minutes = 30
"""

from __future__ import annotations

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

__all__ = ["PerDay"]


class PerDay(LateSubmissionPlugin):  # type: ignore[misc]  # nbgrader has no types
    """So many percent of the score for each day begun, once the grace is over; never more than the score."""

    percent = Float(10.0, min=0, max=100, help="Percent of the score for each day begun.").tag(config=True)
    grace_minutes = Float(0.0, min=0, help="Minutes after the hour that cost nothing.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """Points to take off, as nbgrader asks for them when it grades."""
        days = math.ceil(max(0.0, total_seconds_late - 60 * self.grace_minutes) / 86_400)
        return score * min(1.0, days * self.percent / 100)
