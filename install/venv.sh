#!/bin/sh
# Make the virtual environment in .venv and fill it: install/venv.sh packages run|dev, then install/venv.sh project
# The one in .bench-venv holds what reading is measured beside: install/venv.sh packages bench
# What each start needs is made once by install/venv.sh prepared: seconds where the program changed, else a moment.
# Every package is checked against its hash; nothing is resolved or built here but the project itself.
set -eu
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

packages() { # ENVIRONMENT REQUIREMENTS
    python=$(install/python.sh)
    # An environment whose Python has since been removed is made anew.
    "$1/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$1"
    "$1/bin/python" -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r "$2"
}

prepared() { # The reading child may write nothing, and would make all of this at each start.
    # Where nothing may be written here either, all runs as well.
    .venv/bin/python -m compileall -q mailroom scanner worker review_ui || :
    .venv/bin/mailroom prepare || :
}

case "$*" in
"packages run") packages .venv requirements.txt ;;
"packages dev") packages .venv requirements-dev.txt ;;
"packages bench") packages .bench-venv requirements-bench.txt ;;
project)
    .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
    ;;
prepared) prepared ;;
*)
    echo "usage: install/venv.sh packages run|dev|bench; install/venv.sh project|prepared" >&2
    exit 2
    ;;
esac
