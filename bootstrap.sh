#!/usr/bin/env bash
# Makes the Python environment: bootstrap.sh PYTHON VENV REQUIREMENTS [DEBIAN PACKAGE ...]
# A package written as first|second is the first of them, or the second where Debian has no first.
# Called by the Makefile; safe to repeat and to interrupt.
set -euo pipefail

python=$1 venv=$2 requirements=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' || command -v "$1" >/dev/null; }

# Installs Debian packages; false when that is not possible here.
debian_install() {
    local as_root=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || return 1
        as_root=(sudo)
        [ -t 0 ] || as_root=(sudo -n)
    fi
    say "Installing $* …"
    local options=(-qq -o DPkg::Lock::Timeout=120)
    "${as_root[@]}" apt-get "${options[@]}" update >/dev/null || say "The package lists could not be renewed; going on."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get "${options[@]}" install -y --no-install-recommends "$@" >/dev/null
}

find_python() {
    local candidate
    for candidate in "$python" python3 python3.13 python3.12 python3.11; do
        if is_recent "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Python 3.11 or later is needed. Install it (Debian 12: apt-get install python3 python3-venv)," \
         "or name it: make PYTHON=/path/to/python3.11"
}

system_packages() {
    local package missing=()
    for package in "$@"; do
        installed "${package%%|*}" || missing+=("$package")
    done
    [ "${#missing[@]}" -eq 0 ] || debian_install "${missing[@]%%|*}" || debian_install "${missing[@]##*|}" ||
        say "Not installed: ${missing[*]}. Documents and browser tests need them: apt-get install ${missing[*]##*|}"
}

virtual_environment() {
    is_recent "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && return
    local with
    with=$(find_python)
    "$with" -c 'import ensurepip, venv' 2>/dev/null || debian_install python3-venv ||
        fail "Python's venv module is missing: apt-get install python3-venv"
    "$with" -m venv --clear "$venv"
}

python_packages() {
    say "Installing Python packages from $requirements (about a minute the first time) …"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
        --only-binary :all: --require-hashes -r "$requirements"
}

# A console script without building anything: the checkout on Python's path, and two lines of shell.
console_script() {
    local site
    site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$here" > "$site/goldthread.pth"
    cat > "$venv/bin/goldthread" <<'SCRIPT'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -m goldthread.commands "$@"
SCRIPT
    chmod 755 "$venv/bin/goldthread"
}

cd "$here"
mkdir -p .run
if command -v flock >/dev/null; then
    exec 9> .run/bootstrap.lock
    flock 9
fi
system_packages "$@"
virtual_environment
python_packages
console_script
