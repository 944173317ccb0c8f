#!/usr/bin/env bash
# dollarmath, told not to take prices for formulas, loses a formula at the beginning of a text that ends in a digit.
#
# Version   mdit-py-plugins 0.7.0, markdown-it-py 3.0.0
# Expected  allow_digits=False looks at the characters beside the dollar signs, so "$x$ and 5" has the formula x.
# Seen      "$x$ and 5" has no formula; "$x$ and 5 more" and "5 and $x$" have one. For a formula at position 0 the
#           character before it is taken from the end of the text.
# Hurt      Authors of questions: an option such as "$x$ or 5" is printed with its dollar signs, without a word.
# Remedy    allow_digits=True, or a rule of one's own; test a text that begins with a formula and ends in a digit.
# Source    Seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet mdit-py-plugins==0.7.0 markdown-it-py==3.0.0
"$work/env/bin/python" - <<'PY'
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

careful = MarkdownIt().use(dollarmath_plugin, allow_digits=False)
for text, formula in {"$x$ and 5": False, "$x$ and 5 more": True, "5 and $x$": True, "$x$ and y": True}.items():
    made = careful.render(text).strip()
    print(f"{text:16} {made}")
    assert ('class="math' in made) is formula
PY
