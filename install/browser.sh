#!/bin/sh
# See that the tests have a browser. Debian's chromium comes with install/packages-test.txt; Ubuntu's package of
# that name only points to a snap, so there Playwright fetches the build that it was made for.
set -eu
[ "${PACKAGES:-}" = skip ] && exit 0
if chromium --version >/dev/null 2>&1 || google-chrome --version >/dev/null 2>&1; then exit 0; fi
cd "$(dirname "$0")/.."
echo "No chromium here: fetching the one that Playwright names"
if ! .venv/bin/playwright install --with-deps chromium-headless-shell; then
    echo "The browser tests need chromium. On Debian: apt-get install --no-install-recommends chromium" >&2
    exit 1
fi
