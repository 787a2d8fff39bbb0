# The project's commands; `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GRADE := $(BIN)/grade
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

ASSIGNMENT := assignment3
KNOWN := reference/$(ASSIGNMENT)/submissions
DEMO_GOOD := $(KNOWN)/right_loops.py
DEMO_MISTAKES := $(KNOWN)/wrong_typical_mistakes.py

HUB_PORT := 8000

# Points missing (exit code 1) are what a demonstration shows; anything above is an error.
check = @printf '\n\n=== %s\n    grade check $(ASSIGNMENT)%s\n\n' $(1) '$(2)'; \
	$(GRADE) check $(ASSIGNMENT)$(2) || test $$? -eq 1

.DEFAULT_GOAL := help
.PHONY: help demo test law steady attacks faults soak bench bench-mnist fuzz mutants build lock clean hub hub-reset

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/core.stamp ## install, then grade an empty, a good and a mistaken submission
	$(call check,"The assignment as it is handed out")
	$(call check,"A good submission", $(DEMO_GOOD))
	$(call check,"A submission with typical mistakes", $(DEMO_MISTAKES))

ASSIGNMENTS := $(notdir $(patsubst %/,%,$(dir $(wildcard assignments/*/assignment.toml))))

# What `make test` proves after lint and types, each in a process of its own, two at a time.
# A process that dies fails its job, and nothing waits for it.
JOBS := 2
PYTEST := $(BIN)/python -m pytest -q --durations=15 --durations-min=2
PROOFS := test-units test-attacks test-course test-hub test-nbgrader test-batch test-law \
  $(ASSIGNMENTS:%=verify-%)
.PHONY: $(PROOFS)

test: $(VENV)/dev.stamp ## lint, types, layers, tests, and proof of every assignment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# Thousands of short processes read the package: where Python may not keep what it has
	@# compiled (PYTHONDONTWRITEBYTECODE, or the sandbox's -B), each would compile it again.
	@$(BIN)/python -m compileall -q autograder
	@$(MAKE) --no-print-directory --jobs $(JOBS) --output-sync=target $(PROOFS)

test-units:
	$(PYTEST) tests/architecture tests/unit

test-course:
	$(PYTEST) tests/course tests/fuzz

test-attacks test-hub test-law test-nbgrader:
	$(PYTEST) tests/$(@:test-%=%)

test-batch:
	$(PYTEST) tests/batch tests/faults

$(ASSIGNMENTS:%=verify-%): verify-%:
	$(GRADE) verify $*

law: $(VENV)/dev.stamp ## measure what the law promises, in full; `make test` runs short forms
	$(BIN)/python -m tests.law

steady: $(VENV)/dev.stamp ## grade sixty right files while the machine is very busy, twice
	$(BIN)/python -m tests.law steady

bench: $(VENV)/dev.stamp ## measure the grader's speed
	$(BIN)/python -m benchmarks

bench-mnist: $(VENV)/dev.stamp ## the notes' trainings at their full size, through the grader
	$(BIN)/python -m benchmarks.mnist

attacks: $(VENV)/dev.stamp ## try every attack at every tier; `make test` tries some at one tier only
	GRADE_ATTACKS=all $(BIN)/python -m pytest -q tests/attacks

faults: $(VENV)/dev.stamp ## kill a batch at 50 random moments; `make test` tries 6
	GRADE_FAULTS=50 $(BIN)/python -m pytest -q tests/faults

soak: $(VENV)/dev.stamp ## train Keras fifty times in a row in the sandbox; `make test` trains four
	GRADE_SOAK=1 $(BIN)/python -m pytest -q tests/unit/sandbox/test_keras.py \
	  tests/course/test_keras.py

hub: $(VENV)/dev.stamp ## a JupyterHub on this computer, to try the course as its people do
	$(BIN)/python deploy/jupyterhub/demo/start.py --port $(HUB_PORT)

hub-reset: $(VENV)/dev.stamp ## forget what the hub and its users have written
	$(BIN)/python deploy/jupyterhub/demo/start.py --reset

fuzz: $(VENV)/dev.stamp ## a million mutated frames against the wire, as a nightly run does
	$(BIN)/python -m tests.fuzz 1000000

mutants: $(VENV)/mutants.stamp ## change the code in 400 places, and see what no unit test notices
	$(BIN)/python -m tests.mutants

build: $(VENV)/dev.stamp ## write stubs, notebooks and handouts again from their source
	$(GRADE) build $(ASSIGNMENTS)

lock: ## resolve the dependencies again and write constraints.txt
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --quiet --disable-pip-version-check install '.[dev,mutants]'
	{ echo '# The exact versions that the project is developed and tested with.'; \
	  echo '# Written by `make lock` from a fresh resolution of core, author, dev and mutants.'; \
	  $(VENV)-lock/bin/python -m pip --disable-pip-version-check freeze \
	    --exclude deep-learning-autograder; } > constraints.txt
	rm -rf $(VENV)-lock

clean: ## remove the virtual environment and every cache
	rm -rf $(VENV) $(VENV)-lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
	  .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Python 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3.11'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/core.stamp: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/core.stamp

$(VENV)/mutants.stamp: pyproject.toml constraints.txt | $(VENV)/dev.stamp
	$(PIP) install --constraint constraints.txt --editable '.[dev,mutants]'
	@touch $@
