#!/usr/bin/env bash
# A reader of Moodle's cloze questions takes the key of a shuffled menu for wrong.
#
# Version   moodle-xml-parser 0.3.1
# Expected  {1:MULTICHOICE_S:=withdrawn~advanced}, Moodle's menu with shuffled options, is read as {1:MULTICHOICE:…} is.
# Seen      Its kind is UNKNOWN, the whole code becomes the first option, and the key has 0 percent. No error.
# Hurt      Whoever checks or converts a Moodle bank with it: keys are lost where menus are shuffled, silently.
# Remedy    Read MULTICHOICE_S as MULTICHOICE before parsing.
# Source    moodle_xml_parser.cloze_logic; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet moodle-xml-parser==0.3.1
cd "$work"
"$work/env/bin/python" - <<'PY'
from pathlib import Path

from moodle_xml_parser.parser import parse_file

QUIZ = """<quiz><question type="cloze"><name><text>one</text></name>
<questiontext format="html"><text><![CDATA[<p>It was {1:%s:=withdrawn~advanced}.</p>]]></text></questiontext>
</question></quiz>"""
for kind in ("MULTICHOICE", "MULTICHOICE_S"):
    Path("quiz.xml").write_text(QUIZ % kind)
    (question,) = parse_file("quiz.xml")["cloze"]
    (gap,) = question.gaps
    options = [(one.answer, one.score) for one in gap.options]
    print(kind, gap.sub_type, options)
    assert (("withdrawn", 100) in options) == (kind == "MULTICHOICE")
PY
