"""A framing experiment in a class: half reads one version of a text, half the other; three questions, one comparison.

- `texts`: the one home of both versions, the questions and the consent, ``data/framing.toml``
- `answers`: what comes back, as Moodle and Canvas export it or as somebody typed it; a class that never was
- `compare`: difference and interval, what a lot would give, what a class of a size can show
- `feedback`, `canvas`, `qti`: the survey for Moodle's *Feedback*, for Canvas, in QTI 2.1 and 3.0
- `kit`: all of it in a folder, with the notebook

The first three need what every notebook needs and no more, so that the notebook runs in a browser too.
"""
