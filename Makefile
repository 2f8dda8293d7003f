# The one entry: everything that a fresh Debian or Ubuntu machine needs is installed by the target that needs it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
export PYTHON

BIN := .venv/bin
CORES := $(shell nproc 2>/dev/null || echo 2)
MANIFEST := pyproject.toml install/venv.sh install/python.sh

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: run-ready ## Start the mail room with a sample campaign and a tray of sample cards
	@$(BIN)/mailroom demo

run: run-ready ## Start the mail room
	@$(BIN)/mailroom run

test: test-ready ## Run all tests, the browser's included (ARGS="-k desk" picks some)
	@$(BIN)/pytest -n $(CORES) --dist worksteal $(ARGS)

lint: lint-ready ## Check style, types, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: bench-reading bench-screening bench-marks bench-rescreening bench-pipeline bench-desk ## Measure everything but bench-clear and bench-season, which take long

bench-reading: bench-ready ## Measure reading: error rates, pages a minute, CPU seconds a page
	@$(BIN)/python -m benchmarks.reading $(ARGS)

bench-screening: test-ready fonts-ready ## Measure screening: what is found, missed, raised in error (ARGS=--rendered, --poor-scans: as cards)
	@$(BIN)/python -m benchmarks.screening $(ARGS)

bench-clear: test-ready fonts-ready ## Measure which unsafe cards would travel unseen with the trust dial on
	@$(BIN)/python -m benchmarks.clear $(ARGS)

bench-marks: lint-ready ## Measure which marks are found in pictures
	@$(BIN)/python -m benchmarks.marks $(ARGS)

bench-season: lint-ready ## Simulate seasons: does the bound on misses hold, how soon the dial turns itself back
	@$(BIN)/python -m benchmarks.season $(ARGS)

bench-pipeline: test-ready ## Measure a whole mail room: cost beside the engine, time from drop to read
	@$(BIN)/python -m benchmarks.pipeline $(ARGS)

bench-rescreening: test-ready ## Measure how fast cards are screened anew after a rule changed
	@$(BIN)/python -m benchmarks.rescreening $(ARGS)

bench-desk: test-ready ## Measure how soon the next card is on screen, at 10,000 cards
	@$(BIN)/python -m benchmarks.desk $(ARGS)

fuzz: run-packages lint-ready ## Open damaged files for a while (ARGS="600 1 --reading": seconds, seed, read them too)
	@$(BIN)/python -m benchmarks.fuzz $(ARGS)

train-screening: lint-ready ## Train the models that screening uses, from the messages in the repository
	@$(BIN)/python -m worker.screening.learning.train $(ARGS)

train-script: test-ready fonts-ready ## Train what guesses scripts from the look of lines, on lines drawn in many faces
	@$(BIN)/python -m benchmarks.script.train $(ARGS)

train-cyrillic: test-ready fonts-ready ## Count how the letters of misread Cyrillic handwriting follow each other
	@$(BIN)/python -m benchmarks.script.train_cyrillic

calibrate-reading: test-ready fonts-ready ## Measure the bounds by which the recognisers reckon in 8 bits
	@$(BIN)/python -m benchmarks.calibrate_reading

look-alikes: lint-ready ## Find the Chinese and Japanese characters that the recogniser takes for each other
	@$(BIN)/python -m benchmarks.look_alikes

samples: lint-ready fonts-packages ## Draw the sample cards anew (fetches their fonts as packages)
	@$(BIN)/python -m samples fonts
	@$(BIN)/python -m samples tray

lock: lint-ready ## Pin what pyproject.toml asks for, with hashes (ARGS=--upgrade for newer versions)
	@$(BIN)/uv pip compile $(LOCK) $(ARGS) pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile $(LOCK) $(ARGS) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile $(LOCK) $(ARGS) --group bench -o requirements-bench.txt
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

hooks: lint-ready ## Check each commit before it is made
	@$(BIN)/pre-commit install

clean: ## Remove what was installed and built here; the data folder stays
	rm -rf .venv .bench-venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# System packages are looked at each time, which takes a moment; Python's only when what asks for them changed.
run-ready: run-packages
	@$(MAKE) --silent --no-print-directory .venv/ready-run
	@install/venv.sh prepared
test-ready: test-packages
	@$(MAKE) --silent --no-print-directory .venv/ready-dev
	@install/venv.sh prepared
	@install/browser.sh
bench-ready: test-ready bench-packages
	@$(MAKE) --silent --no-print-directory .bench-venv/ready .cache/fonts
fonts-ready: fonts-packages
	@$(MAKE) --silent --no-print-directory .cache/fonts
lint-ready: venv-package
	@$(MAKE) --silent --no-print-directory .venv/ready-dev

run-packages:
	@install/packages.sh run
test-packages:
	@install/packages.sh run test
bench-packages: fonts-packages
	@install/packages.sh bench
fonts-packages:
	@install/packages.sh fonts
	@command -v npm >/dev/null || install/packages.sh samples
venv-package:
	@install/packages.sh

.venv/ready-run: requirements.txt $(MANIFEST)
	@echo "Installing the pinned Python packages into .venv"
	@install/venv.sh packages run
	@install/venv.sh project
	@touch $@
.venv/ready-dev: requirements-dev.txt $(MANIFEST)
	@echo "Installing the pinned Python packages into .venv, those for development included"
	@install/venv.sh packages dev
	@install/venv.sh project
	@touch .venv/ready-run $@
.cache/fonts:
	@$(BIN)/python -m samples fonts
.bench-venv/ready: requirements-bench.txt install/venv.sh install/python.sh
	@echo "Installing what reading is measured beside into .bench-venv"
	@install/venv.sh packages bench
	@touch $@

.PHONY: help demo run test lint bench bench-reading bench-screening bench-clear bench-marks bench-season bench-pipeline bench-rescreening bench-desk fuzz train-screening train-script train-cyrillic calibrate-reading look-alikes samples lock hooks clean \
	run-ready test-ready bench-ready fonts-ready lint-ready run-packages test-packages bench-packages fonts-packages venv-package
