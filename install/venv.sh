#!/bin/sh
# Make the virtual environment in .venv and fill it: install/venv.sh packages run|dev, then install/venv.sh project
# Every package is checked against its hash; nothing is resolved or built here but the project itself.
set -eu
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

packages() { # REQUIREMENTS
    python=$(install/python.sh)
    # An environment whose Python has since been removed is made anew.
    .venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv
    .venv/bin/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r "$1"
}

case "$*" in
"packages run") packages requirements.txt ;;
"packages dev") packages requirements-dev.txt ;;
project) .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable . ;;
*)
    echo "usage: install/venv.sh packages run|dev; install/venv.sh project" >&2
    exit 2
    ;;
esac
