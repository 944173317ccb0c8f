"""A task to try in the page itself: Python runs in the reader's browser, once a button is pressed."""

from twolenses.book.trying import page

__all__ = ["PARTS"]

PARTS = (page,)
