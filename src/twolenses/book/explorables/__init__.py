"""Something to play with, without a kernel: a picture and a table that a small script makes live.

A module per explorable, each with a function ``explorable()``; `explorable` holds what they are made of, `page` fills
the template, `directive` puts them on a page. ``static/explorables.js`` computes the same views while a reader moves
something: `tests/book/explorables.json` holds both to the same answers.
"""

from twolenses.book.explorables import directive

__all__ = ["PARTS"]

PARTS = (directive,)
