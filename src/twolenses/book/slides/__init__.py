"""A deck of slides for each chapter, made from its built page: nothing on a slide is written twice.

A slide shows the first sentence of each paragraph, and tables, charts and pairs of lenses whole; the prose is its
speaker notes. The rooms:

- `sentences`: the words of a paragraph that stand on a slide
- `fit`: how high a piece is, and which pieces share a slide
- `deck`: a page as slides
- `make`: decks as HTML that reveal.js shows, and as PDF with the notes, to hand out

reveal.js comes with the package sphinx-revealjs. Its builder is not used: it puts a section with all its prose on one
slide, has no notes, and leaves out the charts of notebooks.
"""
