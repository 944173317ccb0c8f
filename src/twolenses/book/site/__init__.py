"""What every page of the site carries, and what it does not."""

from twolenses.book.site import evidence, foot, icons, light, page, search, sharing

__all__ = ["PARTS"]

PARTS = (page, sharing, foot, search, evidence, icons, light)
