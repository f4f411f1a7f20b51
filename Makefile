# make run          the cockpit on this machine                 PORT=8501
# make test         every test                                  ARGS="tests/core -k period"
# make check        style, types and import directions
# make bench        speed, as ratios against limits             ARGS="loading"
# make soak         the cockpit under use for a while           MINUTES=10
# make screenshots  every page, wide and narrow, light and dark, into build/screenshots
# make translations new texts into the catalogues of core/locale
# make dictionary   docs/kpis.md from the declarations of KPIs
# make clean        back to a fresh clone; data/home stays

PORT ?= 8501
MINUTES ?= 10
PYTHON := .venv/bin/python
HOME_FOLDER := $(or $(KOKPIT_HOME),data/home)
DEMO_FOLDER := $(or $(KOKPIT_DEMO_HOME),data/demo-home)
LANGUAGES := en pl ru
TEMPLATE := build/kokpit.pot
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := run
.PHONY: run test check bench soak screenshots translations dictionary clean demo browser postgres

run: .venv/run.stamp demo
	@echo
	@echo "  Kokpit: http://localhost:$(PORT)     (Ctrl+C ends it)"
	@$(PYTHON) -m streamlit run app.py --server.port $(PORT)

# The demonstration department stands in until there is something of one's own.
demo: .venv/run.stamp
	@test -e "$(HOME_FOLDER)/kokpit.toml" \
	  || grep -qsv '^000000[.]' "$(HOME_FOLDER)/warehouse/CURRENT" "$(DEMO_FOLDER)/warehouse/CURRENT" \
	  || $(PYTHON) cli.py demo

test: .venv/dev.stamp browser postgres
	@$(PYTHON) -m pytest -n auto $(ARGS)

check: .venv/dev.stamp
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

bench: .venv/dev.stamp
	@$(PYTHON) -m tests.bench $(ARGS)

soak: .venv/dev.stamp browser
	@$(PYTHON) -m tests.soak --minutes $(MINUTES)

screenshots: .venv/dev.stamp browser
	@$(PYTHON) -m tests.screenshots

translations: .venv/run.stamp
	@mkdir -p build
	@.venv/bin/pybabel --quiet extract --mapping-file babel.cfg --output-file $(TEMPLATE) --project Kokpit --version 1 \
	  --copyright-holder "Kokpit contributors" --no-default-keywords --keywords "_ N_ ngettext:1,2" \
	  --add-location file --sort-by-file --width 120 .
	@for language in $(LANGUAGES); do \
	  .venv/bin/pybabel --quiet update --input-file $(TEMPLATE) --output-dir core/locale --domain kokpit \
	    --locale $$language --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	    --width 120 || exit 1; \
	done

dictionary: .venv/run.stamp
	@$(PYTHON) -m metrics.dictionary

browser:
	@bash .ci/browser

postgres:
	@bash .ci/postgres

clean:
	rm -rf .venv build data/demo-home .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: requirements.txt | $(PYTHON)
	@echo "Installing what Kokpit needs (once, a minute or two) …"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements.txt requirements-dev.txt | $(PYTHON)
	@echo "Installing what the tests need (once, a minute or two) …"
	@$(INSTALL) -r requirements-dev.txt
	@touch .venv/run.stamp $@

$(PYTHON):
	@for python in python3.13 python3.12 python3.11 python3; do \
	  $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  exec $$python -m venv .venv; \
	done; \
	echo "Kokpit needs Python 3.11 or newer with venv. Get it from python.org," >&2; \
	echo "or on Debian and Ubuntu: sudo apt-get install python3 python3-venv" >&2; \
	exit 1
