"""Due dates, read with the name of a time zone and kept in UTC, which is what nbgrader compares with.

nbgrader itself reads ``+0100`` as 100 seconds and takes ``CEST`` or ``+01:00`` for UTC without a word.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from twolenses.errors import HandingBackError
from twolenses.handing_back import gradebook

__all__ = ["moment", "set_due"]


def moment(text: str) -> datetime:
    """A due date in UTC.

    Parameters
    ----------
    text
        Date, hour and zone: ``2026-12-01 23:59 Europe/Belgrade``, ``2026-12-01 22:59 UTC``.

    Raises
    ------
    HandingBackError
        If a part is missing, the zone is unknown, or the clock shows that hour twice or never.
    """
    parts = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?) ?(\S*)", text.strip())
    if not parts:
        raise HandingBackError(f"{text!r} is no due date. Write it like '2026-12-01 23:59 Europe/Belgrade'.")
    if parts[3] == "":
        raise HandingBackError(f"{text!r} names no time zone. Write it like '{parts[1]} {parts[2]} Europe/Belgrade'.")
    try:
        local = datetime.fromisoformat(f"{parts[1]} {parts[2]}")
    except ValueError as error:
        raise HandingBackError(f"{text!r} is no date: {error}.") from None
    try:
        zone = ZoneInfo(parts[3])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HandingBackError(
            f"{parts[3]!r} is no time zone that everybody reads alike. Write its name, such as Europe/Belgrade (the "
            "clock of Pristina too), or UTC."
        ) from None
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first != second:
        times = "twice" if first < second else "never"
        raise HandingBackError(
            f"{text!r}: clocks are changed that night, and show this hour {times}. Write it in UTC, such as "
            f"'{first:%Y-%m-%d %H:%M} UTC'."
        )
    return first


def set_due(assignment: str, text: str, course: Path, db: str | None = None) -> list[str]:
    """Write the due date into the gradebook; what to say about it."""
    when = moment(text)
    graded = gradebook.set_due(gradebook.address(course, db), assignment, when.replace(tzinfo=None))
    said = [f"{assignment} is due {text}, that is {when:%Y-%m-%d %H:%M} UTC."]
    if graded:
        said.append(
            f"{graded} submissions are in the gradebook already. Lateness counts when nbgrader grades: "
            f"nbgrader autograde {assignment} --force does it again."
        )
    return said
