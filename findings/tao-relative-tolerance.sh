#!/usr/bin/env bash
# TAO's scorer does not multiply a relative tolerance by the key.
#
# Version   @oat-sa/tao-item-runner-qti 2.11.0 (with requirejs 2.3.7, lodash 4.17.21)
# Expected  <equal toleranceMode="relative" tolerance="5"> takes 95 to 105 per cent of the key, as QTI 2.1 says: for 4273
#           all from 4060 to 4486.
# Seen      It takes the key plus or minus (1 - 5/100), that is 0.95, whatever the key: 4272.5 is right and 4272 wrong. For
#           the key 0.5 everything from -0.45 to 1.45 is right. A wider tolerance is narrower: with 90 it is 0.1.
# Hurt      Students who round a large number, and whoever guesses a small one. The item is valid and shows well.
# Remedy    Absolute bounds, worked out from the key. This course's QTI export has no relative tolerance: two comparisons
#           with the ends of the interval (lms/qti/items.py), marked by this scorer in tests/lms.
# Source    taoQtiItem/scoring/processor/expressions/operators/equal, engines.relative; QTI 2.1, information model, equal;
#           seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @oat-sa/tao-item-runner-qti@2.11.0 > /dev/null
tar xzf oat-sa-tao-item-runner-qti-2.11.0.tgz
npm install --silent --no-audit --no-fund requirejs@2.3.7 lodash@4.17.21
cat > score.cjs <<'JS'
const assert = require("node:assert");
const requirejs = require("requirejs");

requirejs.config({ baseUrl: __dirname, paths: { taoQtiItem: "package/dist", lodash: "node_modules/lodash/lodash" } });
const engine = requirejs("taoQtiItem/scoring/processor/expressions/engine");

function right(key, response, tolerance) {
  const value = (number) => ({ cardinality: "single", base: { float: number } });
  const operand = (number) => ({ qtiClass: "baseValue", attributes: { baseType: "float" }, value: number });
  const equal = { qtiClass: "equal", attributes: { toleranceMode: "relative", tolerance: String(tolerance) } };
  return engine({}).execute({ ...equal, expressions: [operand(key), operand(response)] }).value;
}

const seen = [];
for (const [key, response, tolerance] of [[4273, 4272.5, 5], [4273, 4272, 5], [4273, 4300, 5], [0.5, -0.4, 5], [100, 101, 90]]) {
  seen.push(right(key, response, tolerance));
  console.log(`key ${key}, tolerance ${tolerance}%: ${response} is ${seen.at(-1) ? "right" : "wrong"}`);
}
assert.deepEqual(seen, [true, false, false, true, false]);
JS
node score.cjs
