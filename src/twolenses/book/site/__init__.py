"""What every page of the site carries, and what it does not."""

from twolenses.book.site import evidence, figures, foot, icons, light, page, search, sharing, stale

__all__ = ["PARTS"]

PARTS = (page, figures, sharing, foot, search, evidence, icons, light, stale)
