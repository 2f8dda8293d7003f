#!/bin/sh
# Install the system packages of the given lists that are missing: install/packages.sh run|test...
# Where apt may not be used, say exactly which are missing and how to get them, and fail.
# PACKAGES=skip in the environment leaves the system alone.
set -eu
here=$(dirname "$0")

[ "${PACKAGES:-}" = skip ] && exit 0

wanted() { # needed|optional LIST...: the names in the lists, without comments
    kind=$1
    shift
    for list in "$@"; do
        case $kind in
        needed) sed -n 's/#.*//; /^[a-z0-9]/ s/[[:space:]]*$//p' "$here/packages-$list.txt" ;;
        optional) sed -n 's/#.*//; s/^?[[:space:]]*\([^[:space:]]*\).*/\1/p' "$here/packages-$list.txt" ;;
        esac
    done
}

absent() { # NAME...: those not installed
    for name in "$@"; do
        state=$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null || true)
        [ "$state" = installed ] || echo "$name"
    done
}

venv_package() { # what a Python without venv or pip lacks
    python=$("$here/python.sh")
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

one_line() { tr '\n' ' ' | sed 's/ $//'; }

needed=$(wanted needed "$@")
venv=$(venv_package)
if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian or Ubuntu machine, so its packages cannot be checked. Install what these are" \
        "called here, then run make again with PACKAGES=skip: $(echo "$needed $venv" | one_line)" >&2
    exit 1
fi
# shellcheck disable=SC2046,SC2086  # lists of names without blanks
{
    missing=$(absent $needed $venv | one_line)
    optional=$(absent $(wanted optional "$@") | one_line)
}
[ -z "$missing$optional" ] && exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    # A person at a terminal can type the password; anywhere else sudo has to work without one.
    [ -t 0 ] || as_root='sudo -n'
    if ! command -v sudo >/dev/null || ! $as_root true 2>/dev/null; then as_root=no; fi
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
    [ -z "$missing" ] && exit 0
    echo "These system packages are missing, and apt may not be used from here: $missing" >&2
    echo "Ask someone who may to run: apt-get install --no-install-recommends $missing" >&2
    exit 1
fi

echo "Installing system packages: $missing $optional"
# shellcheck disable=SC2046,SC2086
$as_root "$here/apt-quietly.sh" $missing $(printf '?%s ' $optional)
