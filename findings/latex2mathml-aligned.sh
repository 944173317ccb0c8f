#!/usr/bin/env bash
# latex2mathml turns `aligned` into text that is no XML, and keeps the backslash of an escaped percent sign.
#
# Version   latex2mathml 3.81.1
# Expected  `aligned`, the environment that most authors write inside $$…$$, becomes a table as `align` and `split` do, or
#           an error. \text{50\%} reads 50%.
# Seen      `aligned` passes through with a bare "&" in an <mi>: not well-formed, no error. \text{50\%} shows 50\%.
# Hurt      Readers of static pages: an HTML parser shows stray signs; an EPUB reader refuses the whole page.
# Remedy    Parse every result as XML. Write `split`, and \text{50}\,\%.
# Source    Seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet latex2mathml==3.81.1
"$work/env/bin/python" - <<'PY'
import xml.etree.ElementTree as ET

from latex2mathml.converter import convert

body = r"a &= b \\ c &= d"
for name in ("align", "split", "aligned"):
    made = convert(rf"\begin{{{name}}} {body} \end{{{name}}}")
    try:
        ET.fromstring(made)
        sound = True
    except ET.ParseError as error:
        sound = False
        print(f"{name}: {error}")
    assert sound == (name != "aligned"), name
assert "<mtext>50\\%</mtext>" in convert(r"\text{50\%}")
print(r"\text{50\%} becomes 50\%")
PY
