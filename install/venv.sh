#!/bin/sh
# Make the virtual environment in .venv and put the pinned packages into it: install/venv.sh run|dev
# Every file is checked against its hash; nothing is resolved or built here but the project itself.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

case $1 in
run) requirements="requirements.txt" ;;
dev) requirements="requirements-dev.txt" ;;
*)
    echo "usage: install/venv.sh run|dev" >&2
    exit 2
    ;;
esac

python=$(install/python.sh)
# An environment whose Python has since been removed or upgraded is made anew.
.venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv

export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r "$requirements"
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
