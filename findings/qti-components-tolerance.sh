#!/usr/bin/env bash
# A QTI 3 player does not look at the tolerance of a number.
#
# Version   @citolab/qti-components 7.27.4 (in jsdom 26.1.0)
# Expected  qti-equal with tolerance-mode="absolute" tolerance="0.1 0.1" takes 46.05 and 46.0 for 46.1, as QTI 3 says.
# Seen      Only the key itself has the point, and no word about the tolerance. Two comparisons, qti-gte and qti-lte with the
#           ends of the interval, give it to 46.05 and 46.0.
# Hurt      Students who round: the item is valid, shows well, and marks every rounded answer wrong.
# Remedy    Write the interval as two comparisons, one in the other's branch or both in a qti-and. This course's QTI
#           export writes no tolerance at all (lms/qti/items.py): conditions in each other, which TAO needs too.
# Source    cdn/index.js: the element qti-equal waits for an attribute tolerancemode, where QTI 3 has tolerance-mode, and would
#           then log that the mode is not supported yet; seen by running it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @citolab/qti-components@7.27.4 > /dev/null
tar xzf citolab-qti-components-7.27.4.tgz
npm install --silent --no-audit --no-fund jsdom@26.1.0
cat > player.mjs <<'JS'
import assert from "node:assert";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true, url: "http://localhost/" });
const never = class { observe() {} disconnect() {} };
Object.assign(window, { ResizeObserver: never, IntersectionObserver: never, CSSStyleSheet: class { replaceSync() {} } });
window.HTMLElement.prototype.attachInternals = () => ({ states: new Set(), setFormValue() {}, setValidity() {} });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis) || /Event/.test(name)) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
  }
}
console.debug = () => {};
await import("./package/cdn/index.js");

const typed = '<qti-variable identifier="RESPONSE"></qti-variable>';
const number = (value) => `<qti-base-value base-type="float">${value}</qti-base-value>`;
const tests = {
  "qti-equal": `<qti-equal tolerance-mode="absolute" tolerance="0.1 0.1">${typed}<qti-correct identifier="RESPONSE">
    </qti-correct></qti-equal>`,
  "two comparisons": `<qti-and><qti-gte>${typed}${number(46.0)}</qti-gte><qti-lte>${typed}${number(46.2)}</qti-lte></qti-and>`,
};

async function score(test, response) {
  document.body.innerHTML = `<qti-assessment-item identifier="i" title="t">
    <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="float">
      <qti-correct-response><qti-value>46.1</qti-value></qti-correct-response></qti-response-declaration>
    <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"></qti-outcome-declaration>
    <qti-item-body><qti-text-entry-interaction response-identifier="RESPONSE"></qti-text-entry-interaction></qti-item-body>
    <qti-response-processing><qti-response-condition><qti-response-if>${tests[test]}
      <qti-set-outcome-value identifier="SCORE">${number(1)}</qti-set-outcome-value>
    </qti-response-if></qti-response-condition></qti-response-processing></qti-assessment-item>`;
  const item = document.body.firstElementChild;
  await item.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 50));
  item.updateResponseVariable("RESPONSE", response);
  item.processResponse();
  return Number(item._context.variables.find((variable) => variable.identifier === "SCORE").value ?? 0);
}

for (const [response, points] of [["46.1", [1, 1]], ["46.05", [0, 1]], ["46.0", [0, 1]], ["45.9", [0, 0]]]) {
  const seen = [await score("qti-equal", response), await score("two comparisons", response)];
  console.log(`${response.padEnd(6)} qti-equal: ${seen[0]}, two comparisons: ${seen[1]}`);
  assert.deepEqual(seen, points);
}
process.exit(0);
JS
node player.mjs
