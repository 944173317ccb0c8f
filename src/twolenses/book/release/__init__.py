"""The book to take along: PDF, EPUB, the site as a zip, wheel, sdist and their checksums.

`make` writes all of them; to a page it adds only the place of a line (`PARTS`). The rooms:

- `still`: a page without what a reader presses; a quiz as questions, its answers apart
- `joined`, `spoken`, `pdf`: all pages as one document, formulas in words, printed by Chromium and held to its tags
- `epub`: what Sphinx's builder makes, mended and held to epubcheck
- `zips`: zip files whose bytes depend on their content alone; the site for a memory stick
- `links`: the line on the first page of the published site
"""

from twolenses.book.release import links

__all__ = ["PARTS"]

PARTS = (links,)
