#!/usr/bin/env bash
# gift-pegjs gives the feedback of a true statement to the wrong side.
#
# Version   gift-pegjs 1.0.2
# Expected  In GIFT, Moodle's text format, {T#first#second} has the feedback for the wrong answer first and for the right
#           one second, whatever the key. So where the key is true, trueFeedback, what is said to "true", is the second.
# Seen      trueFeedback is always the first. Where the key is false that is right; where it is true, who answers rightly
#           is told why he is wrong, and the other way round.
# Hurt      Whoever shows or converts GIFT with it, as editors' previews do: half of the statements, and both texts read
#           well enough for nobody to notice.
# Remedy    Take them by their order: the first is for whoever is wrong. This course's tests of its GIFT export read the
#           two so (tests/lms), and its Moodle XML needs no such rule.
# Source    Moodle 4.5, question/format/gift/format.php, case 'truefalse' of readquestion; GIFT-grammar-PEG.js issue 62,
#           where the fields got these names; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund gift-pegjs@1.0.2
node - <<'JS'
const assert = require("node:assert");
const { parse } = require("gift-pegjs");

for (const key of ["TRUE", "FALSE"]) {
  const [question] = parse(`Serbia is a member of the United Nations. {${key}#for the wrong#for the right}\n\n`);
  const told = { true: question.trueFeedback.text, false: question.falseFeedback.text };
  console.log(`key ${key}: who answers "true" is told what is ${told.true}, "false" what is ${told.false}`);
  assert.equal(question.isTrue, key === "TRUE");
  assert.deepEqual(told, { true: "for the wrong", false: "for the right" });
}
JS
