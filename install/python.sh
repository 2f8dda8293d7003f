#!/bin/sh
# Print the path of a Python that is new enough, or say what is missing.
set -eu

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && "$candidate" -c "$new_enough" 2>/dev/null; then
        command -v "$candidate"
        exit 0
    fi
done
echo "The mail room needs Python 3.11 or later. Install the package python3 of Debian 12, Ubuntu 24.04 or" \
    "later, or name another one: make PYTHON=/path/to/python3" >&2
exit 1
