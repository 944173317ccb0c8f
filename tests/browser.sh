#!/bin/sh
# Make sure that a Chromium is there: Debian's without a screen, by apt if need be; else another on the path; else
# Playwright's own. The one without a screen draws no window, so the browser tests take half the time.
# usage: tests/browser.sh PYTHON
set -u
log=.venv/browser.log

found() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }
playwright() { "$1" - <<'PY'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not os.path.exists(p.chromium.executable_path))
PY
}

command -v chromium-headless-shell >/dev/null && exit 0
playwright "$1" 2>/dev/null && ! found >/dev/null && exit 0
root=""
[ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && root="sudo -n"; }
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$root" ]; }; then
  echo "Installing a Chromium for the browser tests"
  for package in chromium-headless-shell chromium; do
    found >/dev/null && [ "$package" = chromium ] && break
    { $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq "$package"; } >>"$log" 2>&1 && break
  done
fi
found >/dev/null && exit 0
"$1" -m playwright install --with-deps chromium >>"$log" 2>&1 || "$1" -m playwright install chromium >>"$log" 2>&1
playwright "$1" 2>/dev/null && exit 0
echo "No Chromium was found, and none could be installed: neither by apt (needs root or sudo) nor by Playwright (needs its download host)."
echo "Install one by hand, for example: sudo apt install chromium. What was tried is in $log"
exit 2
