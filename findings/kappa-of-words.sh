#!/usr/bin/env bash
# scikit-learn's weighted kappa takes the alphabet for the scale, and leaves out marks that nobody gave.
#
# Version   scikit-learn 1.9.1, krippendorff 0.9.0
# Expected  Two coders differ by one step, "low" against "medium": weighted kappa is the same as for 1 against 2. And a
#           mark of 5 is as far from 2 where nobody gave a 3 or a 4.
# Seen      Words are put in order by the alphabet: high, low, medium. Of codings that never part by more than one step
#           the quadratic kappa is 0.94 in numbers and 0.75 in words. Marks 1, 2 and 5 are taken for 1, 2, 3: kappa is
#           0.44, on the whole scale 0.34. No warning. krippendorff refuses words without value_domain, and gives the
#           ordinal alpha of numbers alike with and without it.
# Hurt      Whoever reports how far coders or markers agree: a better or worse scheme by the choice of its words, and another
#           kappa as soon as one script gets a mark that was unused.
# Remedy    Always labels=, the whole scale in its order. This course counts a disagreement by the
#           square of the difference of the marks themselves (grading/markers.py), so nothing hangs on what occurs.
# Source    sklearn.metrics.cohen_kappa_score: without labels, "all labels that appear at least once"; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --quiet scikit-learn==1.9.1 krippendorff==0.9.0
"$work/env/bin/python" - <<'PY'
from krippendorff import alpha
from sklearn.metrics import cohen_kappa_score

SCALE = ["low", "medium", "high"]
pairs = [("low", "low")] * 8 + [("medium", "medium")] * 2 + [("high", "high")] * 8 + [("low", "medium")] + [("medium", "high")]
words = [list(coder) for coder in zip(*pairs)]
numbers = [[SCALE.index(word) for word in coder] for coder in words]
marks = [[1, 2, 5, 5, 2, 1, 1, 2], [1, 2, 5, 2, 2, 5, 1, 2]]


def kappa(coders, labels=None):
    return round(float(cohen_kappa_score(*coders, weights="quadratic", labels=labels)), 2)


seen = {
    "in numbers": kappa(numbers),
    "in words": kappa(words),
    "in words, labels=": kappa(words, SCALE),
    "marks": kappa(marks),
    "marks, labels=": kappa(marks, [1, 2, 3, 4, 5]),
}
print(seen)
assert list(seen.values()) == [0.94, 0.75, 0.94, 0.44, 0.34]
try:
    alpha(words, level_of_measurement="ordinal")
except ValueError as error:
    print(f"krippendorff: {error}")
else:
    raise SystemExit("krippendorff takes words now")
assert alpha(marks, level_of_measurement="ordinal") == alpha(marks, level_of_measurement="ordinal", value_domain=[1, 2, 3, 4, 5])
PY
