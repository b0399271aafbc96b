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
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard statuspage/render/language/catalogues/*.po))
BENCH_INSTALLED := $(VENV)/.bench-installed
JUDGE_INSTALLED := $(VENV)/.judge-installed
CLIENTS := tests/clients/node_modules/.installed
JUDGES := tests/browser/node/node_modules/.installed
LIGHTHOUSE := tests/browser/node/node_modules/.with-lighthouse
NPM_INSTALL := npm install --silent --no-package-lock --no-audit --no-fund
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
install: $(INSTALLED) $(CATALOGUES) ## make .venv with the program and its tools

# What is installed compiles its catalogues by itself; here they follow every change.
$(CATALOGUES): %.mo: %.po $(INSTALLED)
	$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@ --locale $(notdir $*)

# The script of the pages is written to be read, and sent as Terser makes it.
.PHONY: script
script: $(JUDGES) ## make the script that pages carry from the one that people read
	node tests/browser/node/minify.cjs statuspage/render/assets/status.js statuspage/render/assets/status.min.js

.PHONY: words
words: $(INSTALLED) ## gather the words of the pages into the catalogues, for translation
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml -k text -k markup -k counted:1,2 -k translatable \
		--no-location --sort-output --omit-header --output-file $(VENV)/words.pot .
	for catalogue in $(CATALOGUES:.mo=.po); do \
		$(BIN)/pybabel --quiet update --input-file $(VENV)/words.pot --output-file $$catalogue \
			--locale $$(basename $$catalogue .po) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110; \
		sed -i '/^"\(Project-Id\|Report-Msgid\|PO-Revision\|Last-Translator\|Language-Team\|Generated\)/d' $$catalogue; \
	done

.PHONY: serve
serve: install ## show the sample site, from a copy under var/sample that may be edited
	@mkdir -p $(SAMPLE)
	@rm -rf $(SAMPLE)/incidents $(SAMPLE)/static
	@cp -R statuspage.toml incidents static $(SAMPLE)/
	@exec $(BIN)/statuspage serve --site $(SAMPLE) --now $(SAMPLE_NOW) $(if $(PORT),--port $(PORT))

.PHONY: test
test: install programs clients judges pbx ## run every test
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
picture: install programs ## take the pictures of the README anew
	$(BIN)/python bench/picture.py docs/pictures

.PHONY: neutral-picture
neutral-picture: install programs ## draw the picture of shared links anew
	$(BIN)/python bench/neutral_picture.py static/picture.png statuspage/samples/static/picture.png

.PHONY: pictures
pictures: install programs ## take every kind of page into DIR, on a phone and on a desk, light and dark
	$(BIN)/python bench/picture.py --all $(or $(DIR),var/pictures)

.PHONY: design
design: install programs judges ## measure the bars of the design and write them into docs/design.md
	$(BIN)/python bench/design_bars.py docs/design.md

# The names of kinds hold spaces: they are written with dashes.
.PHONY: lighthouse
lighthouse: install programs $(LIGHTHOUSE) ## ask Lighthouse for its four scores of each kind of page, or of KINDS
	$(BIN)/python bench/lighthouse.py $(or $(KINDS),docs/design.md)

.PHONY: neutral
neutral: $(INSTALLED) ## speak the neutral hold message anew, with the best voices that are installed
	$(BIN)/python bench/neutral_message.py

.PHONY: hold-demo
hold-demo: install ## speak what callers of the sample site hear, for the documentation
	@mkdir -p docs/hold
	for language in en de; do \
		$(BIN)/statuspage hold --now $(SAMPLE_NOW) --lang $$language >docs/hold/message-$$language.txt; \
		$(BIN)/statuspage hold --now $(SAMPLE_NOW) --lang $$language --render docs/hold/message-$$language-connect.wav; \
	done

.PHONY: bench
bench: install $(BENCH_INSTALLED) programs ## measure the quick targets and write them into docs/performance.md
	$(BIN)/python bench/targets.py docs/performance.md

.PHONY: bench-full
bench-full: install $(BENCH_INSTALLED) programs ## measure all targets, up to 100,000 incidents: an hour and 20 GB
	$(BIN)/python bench/targets.py docs/performance.md --full

.PHONY: hold-bars
hold-bars: install programs ## measure the bars of the hold message and write them into docs/hold.md
	$(BIN)/python bench/hold_bars.py docs/hold.md

# What transcribes weighs 400 MB: it comes when it is asked for, and speaks with every voice that can be installed.
.PHONY: hold-judge
hold-judge: install $(JUDGE_INSTALLED) ## have a machine write down what callers hear, for each voice, into docs/hold.md
	$(BIN)/python bench/hold_judge.py docs/hold.md

$(JUDGE_INSTALLED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,hold,hold-neural,judge]'
	@touch $@

$(BENCH_INSTALLED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,hold,bench]'
	@touch $@

.PHONY: coverage
coverage: install programs ## run every test and show the lines that none of them reaches
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Clients of the status API that other people wrote; their tests are skipped where npm is not.
.PHONY: clients
clients: $(if $(shell command -v npm),$(CLIENTS),)

$(CLIENTS): tests/clients/package.json
	cd tests/clients && $(NPM_INSTALL)
	@touch $@

# What judges the pages and the SSML: axe-core, html-validate, ssml-check-core; lighthouse is ten times as large and comes when it is asked for.
.PHONY: judges
judges: $(if $(shell command -v npm),$(JUDGES),)

$(JUDGES): tests/browser/node/package.json
	cd $(<D) && $(NPM_INSTALL) --omit=dev
	@touch $@

$(LIGHTHOUSE): tests/browser/node/package.json
	cd $(<D) && $(NPM_INSTALL) --include=dev
	@touch $@ $(JUDGES)

# A real Asterisk for the tests, in a folder of its own, where the machine lets us; else the tests say what is missing.
.PHONY: pbx
pbx: $(INSTALLED) $(if $(filter 0,$(shell id -u)),$(if $(shell command -v apt-get),pbx-programs)) ## prepare the telephone system that tests call
	@$(BIN)/python -m tests.pbx.chroot || true

.PHONY: pbx-programs
pbx-programs: PROGRAMS := mmdebstrap=mmdebstrap
pbx-programs: programs

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
