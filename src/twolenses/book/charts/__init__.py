"""Charts on pages: as wide as the page or as a phone, in its colours, with their rows, picture, source and citation."""

from twolenses.book.charts import page

PARTS = (page,)
