#!/bin/sh
# Make sure that a Chromium is there: one on the path, else Debian's by apt, else Playwright's own.
# usage: tests/browser.sh PYTHON
set -u
log=.venv/browser.log

found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
playwright() { "$1" - <<'PY'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not os.path.exists(p.chromium.executable_path))
PY
}

found >/dev/null && exit 0
playwright "$1" 2>/dev/null && exit 0
echo "Installing a Chromium for the browser tests"
root=""
[ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && root="sudo -n"; }
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$root" ]; }; then
  { $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq chromium; } >"$log" 2>&1
  found >/dev/null && exit 0
fi
"$1" -m playwright install --with-deps chromium >>"$log" 2>&1 || "$1" -m playwright install chromium >>"$log" 2>&1
playwright "$1" 2>/dev/null && exit 0
echo "No Chromium was found, and none could be installed: neither by apt (needs root or sudo) nor by Playwright (needs its download host)."
echo "Install one by hand, for example: sudo apt install chromium. What was tried is in $log"
exit 2
