# What one does with the portal. "make help" lists it; docs/settings.md explains the variables that "run" and "dev" obey.
# Needs git, make and python3 (3.11 or newer); everything else is fetched into .venv/, everything made at run time is in var/.

PYTHON ?= python3
PORT ?= 8000
# Tests run on as many processes as there is memory for a browser each; two fit every machine.
WORKERS ?= 2

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
TEMPLATES = $(shell find templates apps -name '*.html')
SOURCES = $(shell find apps sscportal tests bench deploy manage.py -name '*.py' -not -path '*/migrations/*')

# The portal as one starts it on one's own machine; a variable that is already set wins.
HERE = SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret_key)}" SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}"
# The portal as production starts it, for checks that must not depend on this machine. No database is touched.
AS_IN_PRODUCTION = env -u BEHIND_PROXY -u CACHE_URL DEBUG=0 SITE_URL=https://portal.example ALLOWED_HOSTS=portal.example \
	DATABASE_URL=sqlite://:memory: SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

# --- The portal ---------------------------------------------------------------------------------------------------

.PHONY: run
run: database var/static/staticfiles.json ## the portal and its worker on http://127.0.0.1:8000, as production runs it (PORT=8001 for another port)
	@# Asked first, because Granian would share the port with whoever has it.
	@$(BIN)/python -c 'import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0)' || { \
		echo "Something already answers on port $(PORT). Stop it, or choose another: make run PORT=8001" >&2; exit 1; }
	@printf '\n  The portal:    http://127.0.0.1:$(PORT)/\n  For editors:   http://127.0.0.1:$(PORT)/admin/\n'
	@printf '  Accounts:      "make accounts", in another terminal, makes one for each role\n  To stop it:    Ctrl-C\n\n'
	@$(HERE) DEBUG=0 exec $(BIN)/python deploy/together.py \
		$(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) \
		--blocking-threads 4 --log-level warning sscportal.wsgi:application \
		-- $(MANAGE) work

.PHONY: dev
dev: database ## the same with a server that reloads on every change and explains its errors
	@$(HERE) DEBUG=1 $(MANAGE) runserver 127.0.0.1:$(PORT)

.PHONY: work
work: database ## the background worker alone, beside "make dev" ("make run" brings its own)
	@$(HERE) DEBUG=0 exec $(MANAGE) work

.PHONY: accounts
accounts: database ## one account for each role, their passwords printed once
	@$(HERE) $(MANAGE) accounts

.PHONY: release
release: .venv/installed $(CATALOGUES) var/static/staticfiles.json ## on a server, after git pull: all that deploy/ needs but the database

# Always done: a second "make run" after a git pull finds new migrations. Fixtures go into an empty database only.
.PHONY: database
database: .venv/installed var/secret_key $(CATALOGUES)
	@$(HERE) $(MANAGE) migrate --verbosity 0
	@$(HERE) $(MANAGE) load_fixtures

var/secret_key:
	@mkdir -p var
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))' > $@

# Only when a file changed: compressing the admin's files takes a few seconds.
var/static/staticfiles.json: .venv/installed var/secret_key $(shell find static apps -path '*static*' -type f)
	@echo "Collecting and compressing static files"
	@$(HERE) DEBUG=0 $(MANAGE) collectstatic --no-input --clear --verbosity 0
	@touch $@

# --- What is installed --------------------------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The portal needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python can't make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv

# Two stamps: a change of the requirements installs again, anything else does not.
.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing requirements.txt"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing requirements-dev.txt"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

# Babel, not Django's compilemessages: that needs gettext's msgfmt, which a fresh machine lacks.
locale/%.mo: locale/%.po | .venv/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# --- Is it good? --------------------------------------------------------------------------------------------------

.PHONY: check
check: lint test ## lint and test: what must pass before a change is taken

.PHONY: test
test: .venv/installed-dev $(CATALOGUES) ## every test, those in a real browser included (ARGS=… for pytest)
	@CHROMIUM="$$(.ci/chromium)" && SOFFICE="$$(.ci/libreoffice)" || exit 1; export CHROMIUM SOFFICE; \
		$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

.PHONY: lint
lint: .venv/installed-dev ## style, the floors, old idioms, templates, missing migrations, Django's checks
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	@$(BIN)/django-upgrade --target-version 5.2 --check $(SOURCES)
	@$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	@$(AS_IN_PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	@$(AS_IN_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: format
format: .venv/installed-dev ## put Python and templates into the house's form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	@$(BIN)/django-upgrade --target-version 5.2 --exit-zero-even-if-changed $(SOURCES)
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true

.PHONY: bench
bench: .venv/installed-dev $(CATALOGUES) var/static/staticfiles.json ## speed and size of the pages (docs/testing.md)
	@$(BIN)/python -m bench

.PHONY: bench-sheets
bench-sheets: .venv/installed-dev $(CATALOGUES) ## sheets beside the library's default and the floor (bench/README.md)
	@$(BIN)/python -m bench.sheets

# --- Upkeep -------------------------------------------------------------------------------------------------------

.PHONY: requirements
requirements: .venv/installed-dev ## compile requirements*.txt from pyproject.toml (ARGS=--upgrade for newer releases)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(ARGS) \
		pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(ARGS) --extra dev \
		--constraints requirements.txt pyproject.toml --output-file requirements-dev.txt

.PHONY: migrations
migrations: .venv/installed var/secret_key ## write the migrations that changed models need (ARGS=… for makemigrations)
	@$(HERE) $(MANAGE) makemigrations $(ARGS)

# The one step that needs gettext (xgettext, msgmerge): only who changes words does it.
.PHONY: messages
messages: .venv/installed-dev ## collect the interface's words into locale/hi (needs gettext)
	@command -v xgettext >/dev/null || { echo "Collecting words needs gettext. On Debian and Ubuntu: apt install gettext" >&2; exit 1; }
	@$(AS_IN_PRODUCTION) $(MANAGE) makemessages --locale hi --no-wrap --add-location file \
		--ignore .venv --ignore var --ignore tests --ignore bench
	@$(MAKE) --no-print-directory $(CATALOGUES)
