# make book    build the book and serve it        make build   build it only
# make test    everything, in a real browser too  make serve   build again on every save
# make lint    style, types, spelling, YAML       make lock    renew the locked versions
# make lite    exercises in the browser, /lite/   make test-lite  those, in a real browser
# make clean   take away what was made            make bench   grading, exports, search, site: beside their peers
# make release PDF, EPUB, zip, wheel in dist/
#
# Needs Python 3.11 or newer and make. Everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LITE := $(VENV)/lite
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALLED := $(VENV)/.installed
KEYS := .mypy_cache/keys
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --custom-compile-command "make lock"

.PHONY: bench book build lite release serve test test-lite lint lock clean install browser programs
.DEFAULT_GOAL := book

book: $(INSTALLED)
	@$(BIN)/twolenses serve book --build $(if $(PORT),--port $(PORT))

build: $(INSTALLED)
	@$(BIN)/twolenses build book

serve: $(INSTALLED)
	@$(BIN)/twolenses serve book --watch $(if $(PORT),--port $(PORT))

# Needs Java, too: epubcheck holds the EPUB to its rules.
release: $(INSTALLED) browser
	@$(BIN)/twolenses build release

test: $(INSTALLED) browser programs
	$(BIN)/python -m pytest -n auto

bench: $(INSTALLED)
	$(BIN)/python benchmarks/grading.py
	$(BIN)/python benchmarks/export.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/site.py

# RELEASE=FOLDER names a folder that holds Pyodide's release; without it, its files are fetched. SITE=FOLDER names other
# pages than _build/html to lay it under.
lite: build $(LITE)/.installed
	@$(BIN)/twolenses build lite --jupyter $(LITE)/bin/jupyter $(if $(SITE),--site $(SITE)) $(if $(RELEASE),--release $(RELEASE))

# Apart from `make test`: it needs Pyodide, and some minutes for each exercise in a browser.
test-lite: build $(LITE)/.installed browser programs
	$(BIN)/python tests/lite/release.py _build/pyodide
	$(BIN)/twolenses build lite --jupyter $(LITE)/bin/jupyter --release _build/pyodide
	$(BIN)/python -m pytest tests/lite

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@# Every key is a module called key, so each is looked at under the name of its folder.
	@rm -rf $(KEYS) && mkdir -p $(KEYS)
	@for key in exercises/notebooks/*/key.py; do name=$$(basename $$(dirname $$key)); cp $$key $(KEYS)/key_$$(echo $$name | tr - _).py; done
	$(BIN)/mypy --no-warn-return-any $(KEYS)
	$(BIN)/codespell
	$(BIN)/yamllint --strict .

install: $(INSTALLED)

# Everything from the lock, once; nothing is fetched again while lock and pyproject.toml stay as they are.
$(INSTALLED): requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: apt install python3 python3-venv"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name another: make PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt install python3-venv"; exit 2; }
	@echo "Installing the locked packages into $(VENV) (a few minutes, once)"
	@$(PIP) install --quiet -r requirements.txt > $(VENV)/install.log 2>&1 && $(PIP) install --quiet --no-deps --editable . >> $(VENV)/install.log 2>&1 \
	  || { tail -n 20 $(VENV)/install.log; echo "Installing failed. The full log is $(VENV)/install.log"; exit 2; }
	@touch $@

# What builds the notebook page, in an environment of its own: what is installed there is served.
$(LITE)/.installed: lite/requirements.txt | $(INSTALLED)
	@$(PYTHON) -m venv --clear $(LITE)
	@$(LITE)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r lite/requirements.txt \
	  || { echo "JupyterLite could not be installed into $(LITE). The lines above say why."; exit 2; }
	@touch $@

# A Chromium for the tests: one that is there, else Debian's, else Playwright's own.
browser: $(INSTALLED)
	@sh tests/browser.sh $(BIN)/python

# What tests start besides: PostgreSQL, for a gradebook in it, and npm, for readers that others wrote.
programs:
	@sh tests/programs.sh

lock: $(INSTALLED)
	$(COMPILE) --upgrade --all-extras pyproject.toml -o requirements.txt
	$(COMPILE) --generate-hashes lite/requirements.in -o lite/requirements.txt
	$(COMPILE) --extra notebook pyproject.toml binder/requirements.in -c requirements.txt -o binder/requirements.txt

clean:
	rm -rf _build dist .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
