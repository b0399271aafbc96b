# One command for each thing; each works on a fresh clone with only python3, make and a network.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# The instant of the sample site's invented day that `make serve` starts at.
SAMPLE_NOW ?= 2026-10-15T14:20:00+01:00
SAMPLE := var/sample
BENCH_INSTALLED := $(VENV)/.bench-installed
CLIENTS := tests/clients/node_modules/.installed
# The programs that tests drive, each with its name in Debian; nginx is not on everybody's path.
PROGRAMS := chromium=chromium nginx=nginx-light sox=sox
FIND := PATH="$$PATH:/usr/sbin" command -v

.PHONY: help
help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
	|| sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1  \2/p' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "statuspage needs Python 3.11 or later; name one with make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory debian DEBIAN_MISSING=python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,hold]'
	@touch $@

.PHONY: install
install: $(INSTALLED) ## make .venv with the program and its tools

.PHONY: serve
serve: $(INSTALLED) ## show the sample site, from a copy under var/sample that may be edited
	@mkdir -p $(SAMPLE)
	@rm -rf $(SAMPLE)/incidents $(SAMPLE)/static
	@cp -R statuspage.toml incidents static $(SAMPLE)/
	@exec $(BIN)/statuspage serve --site $(SAMPLE) --now $(SAMPLE_NOW) $(if $(PORT),--port $(PORT))

.PHONY: test
test: $(INSTALLED) programs clients ## run every test
	$(BIN)/python -m pytest -n auto

.PHONY: check
check: $(INSTALLED) ## run every static check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/deptry .

.PHONY: picture
picture: $(INSTALLED) programs ## take the picture of the README anew
	$(BIN)/python bench/picture.py docs/pictures/index.png

.PHONY: neutral
neutral: $(INSTALLED) ## speak the neutral hold message anew, with the best voices that are installed
	$(BIN)/python bench/neutral_message.py

.PHONY: bench
bench: $(BENCH_INSTALLED) programs ## measure the quick targets and write them into docs/performance.md
	$(BIN)/python bench/targets.py docs/performance.md

.PHONY: bench-full
bench-full: $(BENCH_INSTALLED) programs ## measure all targets, up to 100,000 incidents: an hour and 20 GB
	$(BIN)/python bench/targets.py docs/performance.md --full

$(BENCH_INSTALLED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,hold,bench]'
	@touch $@

.PHONY: coverage
coverage: $(INSTALLED) programs ## run every test and show the lines that none of them reaches
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Clients of the status API that other people wrote; their tests are skipped where npm is not.
.PHONY: clients
clients: $(if $(shell command -v npm),$(CLIENTS),)

$(CLIENTS): tests/clients/package.json
	cd tests/clients && npm install --silent --no-package-lock --no-audit --no-fund
	@touch $@

# What figures are measured against.
bench bench-full: PROGRAMS := $(PROGRAMS) wrk=wrk git=git

.PHONY: programs
programs:
	@missing=$$(for pair in $(PROGRAMS); do $(FIND) $${pair%%=*} >/dev/null || echo $${pair#*=}; done); \
	test -z "$$missing" || $(MAKE) --no-print-directory debian DEBIAN_MISSING="$$(echo $$missing)"

# Installs $(DEBIAN_MISSING) where that is possible, else says what is missing.
.PHONY: debian
debian:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(DEBIAN_MISSING) >/dev/null; \
	else \
		echo "missing: $(DEBIAN_MISSING) (on Debian and Ubuntu: sudo apt-get install $(DEBIAN_MISSING))" >&2; \
	fi
