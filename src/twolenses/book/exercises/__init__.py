"""Exercises as pages, and the lists of them."""

from twolenses.book.exercises import listing, pages, redirects

__all__ = ["PARTS"]

PARTS = (pages, listing, redirects)
