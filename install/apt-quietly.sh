#!/bin/sh
# Install packages without starting the services that come with some of them: the mail room starts its own
# Redis and the tests their own PostgreSQL, each private to them. Run as root: install/apt-quietly.sh [?]NAME...
# A name after "?" is left out where the distribution has no such package.
set -eu

policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.d/mailroom.conf
made=

put() { # FILE MODE TEXT: only where the machine has none of its own
    [ -e "$1" ] && return
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$3" >"$1"
    chmod "$2" "$1"
    made="$made $1"
}
# shellcheck disable=SC2064,SC2086
tidy() { rm -f $made; }
trap tidy EXIT
trap 'exit 130' INT TERM

put "$policy" 755 '#!/bin/sh
exit 101'
put "$cluster" 644 'create_main_cluster = false'

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
names=
for name in "$@"; do
    case $name in
    '?') continue ;;
    '?'*) apt-cache policy "${name#?}" | grep -q 'Candidate: [^(]' || continue ;;
    esac
    names="$names ${name#'?'}"
done
# shellcheck disable=SC2086
apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends $names
