# Zhiliu needs Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
FONTS := .venv/share/zhiliu/fonts
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix web
WEB := $(shell find web/src web/*.* openapi.json sign-in-openapi.json -type f -not -path 'web/src/api/*')
TESTS := $(BIN)/pytest -n auto --ignore=tests/e2e
GENERATED = find openapi.json docs -type f -exec cksum {} + | sort

.PHONY: setup demo test check fix types arch stories e2e bench schema docs mutants

# Install from the locks into .venv; nothing to do when it is up to date.
setup: .venv/installed $(FONTS)/installed web/dist/index.html

.venv/installed: requirements.lock pyproject.toml .ci/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Zhiliu needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

# The fonts of prints, checked by hash, with the Node that came as a wheel.
$(FONTS)/installed: fonts/package.json fonts/package-lock.json | .venv/installed
	rm -rf $(FONTS) && mkdir -p $(FONTS)
	cp $^ $(FONTS)
	cd $(FONTS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	cd $(FONTS) && mv node_modules/@expo-google-fonts/noto-sans-sc/LICENSE_FONT \
		node_modules/@expo-google-fonts/noto-sans-sc/400Regular/*.ttf \
		node_modules/@expo-google-fonts/noto-sans-sc/700Bold/*.ttf . && rm -rf node_modules
	touch $@

web/node_modules/installed: web/package-lock.json web/package.json | .venv/installed
	$(NPM) ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
	touch $@

# The front end: its client from the two API documents, then the pages.
web/dist/index.html: web/node_modules/installed $(WEB)
	$(NPM) run --silent api
	$(NPM) run --silent build

# Load the demo plant and serve it (PORT=8000); RESET=1 deletes all data first.
demo: setup
	@$(BIN)/zhiliu demo --port $(PORT) $(if $(filter 1,$(RESET)),--reset)

# All tests but those in a browser, on a throw-away database server.
test: setup
	$(TESTS)

# The whole gate, as CI runs it.
check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(NPM) run --silent lint
	$(MAKE) types arch
	@before="$$($(GENERATED))"; $(MAKE) schema docs && test "$$before" = "$$($(GENERATED))" || { \
		echo "Generated files were stale: commit what make schema docs wrote."; exit 1; }
	$(NPM) run --silent test
	$(TESTS) --ignore=tests/stories
	$(MAKE) stories

# Repair style and format.
fix: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Check the types.
types: setup
	$(BIN)/mypy src
	$(NPM) run --silent types

# Check who may import whom.
arch: setup
	$(BIN)/lint-imports

# The business stories alone.
stories: setup
	$(TESTS) tests/stories

# The journeys in a real browser, on a demo plant of their own (CHROMIUM=/path/to/chromium).
e2e: setup
	$(BIN)/pytest tests/e2e

# Measure the main job against hand-written SQL, and sampling lookups (ROUNDS=7).
bench: setup
	$(BIN)/python -m bench.flow
	$(BIN)/python -m bench.sampling

# Write openapi.json.
schema: setup
	$(BIN)/zhiliu schema

# Write the generated documents.
docs: setup
	$(BIN)/zhiliu docs

# Take one lock, constraint or check away at a time and see the suite go red (nightly).
mutants: setup
	$(BIN)/python -m tests.mutants.run
