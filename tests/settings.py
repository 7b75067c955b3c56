"""The portal's settings for tests, whatever this machine's environment says.

Here and not in conftest.py, because pytest-django reads the settings first.
"""

import atexit
import os
import shutil
import tempfile

for _name in ("ALLOWED_HOSTS", "BEHIND_PROXY", "CACHE_URL", "DEBUG", "PROXY_COUNT"):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
os.environ["SITE_URL"] = "https://portal.example"
os.environ["EMAIL_URL"] = "memorymail://"
# The live server and Playwright each run a loop of their own; Django's guard can't tell that they do not share it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from sscportal.settings import *  # noqa: E402, F403
from sscportal.settings import ALLOWED_HOSTS, DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

# A query for each row of a list (N+1) fails the test whose page does it. Silently off unless it is an installed app.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["tests.queries.watch_pages", *MIDDLEWARE]
# Fetching one record twice is none; relations are what a page forgets.
ZEAL_ALLOWLIST = [{"model": "*", "field": "get()"}]

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "portal.example"]
# The test client and the live server speak plain http.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
# Hashed names need collectstatic.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Whoever has run collectstatic would have every test client read the names of all its files.
STATIC_ROOT = None
# Nobody's password is worth the real one's half second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A task runs where it is asked for; the worker's own tests (tests/background/) say otherwise.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# A browser asks several things at once; tables in the memory that its threads would share get locked.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _folder = tempfile.mkdtemp(prefix="sscportal-tests-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    # Nobody needs these rows after a power cut.
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/portal.sqlite3"}
