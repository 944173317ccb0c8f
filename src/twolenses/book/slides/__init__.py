"""A deck of slides for each chapter, made from its built page: nothing on a slide is written twice.

A slide shows the first sentence of each paragraph, and tables, charts and pairs of lenses whole; the prose is its
speaker notes. The rooms:

- `sentences`: the words of a paragraph that stand on a slide
- `fit`: how high a piece is, and which pieces share a slide
- `slide`: a slide, and what the slides of a page have in common
- `blocks`: paragraphs, lists and tables, which share slides
- `apart`: charts, pairs of lenses, explorables and quizzes, which have slides of their own
- `deck`: a page as slides
- `make`: decks as HTML that reveal.js shows, and as PDF with the notes, to hand out

reveal.js comes with the package sphinx-revealjs. Its builder is not used: it puts a section with all its prose on one
slide, has no notes, and leaves out the charts of notebooks.
"""

__all__ = ["PLACE"]

PLACE = "<!-- slides -->"
"""Where a chapter's page has a link to its deck, on a published site that has decks."""
