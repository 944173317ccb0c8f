"""What every page of the site carries, and what it does not."""

from twolenses.book.site import icons, page

__all__ = ["PARTS"]

PARTS = (page, icons)
