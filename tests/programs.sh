#!/bin/sh
# Make sure that PostgreSQL and npm are there: installed already, else Debian's by apt.
set -u

missing() {
  ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || echo postgresql
  command -v npm >/dev/null || echo npm
}

[ -z "$(missing)" ] && exit 0
echo "Installing for the tests:" $(missing)
root=""
[ "$(id -u)" = 0 ] || root="sudo -n"
{ $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq $(missing); } >.venv/programs.log 2>&1
[ -z "$(missing)" ] && exit 0
echo "Missing, and not to be installed by apt (it needs root or sudo):" $(missing)
echo "Install by hand: sudo apt install" $(missing)". What was tried is in .venv/programs.log"
exit 2
