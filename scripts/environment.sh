#!/usr/bin/env bash
# Makes .venv with what requirements/<base|dev>.txt pins, and puts the command `telemachus` into it.
# uv where it is on PATH, else venv and pip. Safe to repeat: a stamp says when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
kind="${1:-base}"

says() { printf '%s\n' "$*"; }

sum() { cat requirements/*.txt pyproject.toml | cksum; }

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for python in python3.13 python3.12 python3.11 python3; do
        if fits "$python"; then
            command -v "$python"
            return
        fi
    done
    return 1
}

# Debian ships venv in a package of its own.
install_venv() {
    local as=""
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as="sudo -n"
    fi
    says "This Python has no venv: installing Debian's python3-venv."
    $as env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
    $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv </dev/null >/dev/null
}

make_venv() {
    local python
    if command -v uv >/dev/null; then
        says "Making .venv with uv."
        uv venv --quiet --clear --python '>=3.11' .venv
        return
    fi
    if ! python=$(find_python); then
        says "Telemachus needs Python 3.11 or later, and there is none on the PATH. Please install it, then try again." >&2
        exit 1
    fi
    says "Making .venv with $python."
    rm -rf .venv
    if ! "$python" -m venv .venv 2>/dev/null; then
        rm -rf .venv
        if ! install_venv; then
            says "$python cannot make a virtual environment. Please install its venv module (Debian: python3-venv)." >&2
            exit 1
        fi
        "$python" -m venv .venv
    fi
}

install() {
    if command -v uv >/dev/null; then
        uv pip install --quiet --python .venv/bin/python "$@"
    else
        .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
    fi
}

if [ -f ".venv/.$kind" ] && [ "$(cat ".venv/.$kind")" = "$(sum)" ]; then
    exit 0
fi
fits .venv/bin/python || make_venv
says "Installing the packages of requirements/$kind.txt. The first time this takes a minute."
install --require-hashes -r "requirements/$kind.txt" -r requirements/build.txt
# The build tool is there already, pinned: nothing is fetched for this line.
install --no-deps --no-build-isolation --editable .
sum >".venv/.$kind"
if [ "$kind" = dev ]; then
    sum >.venv/.base
fi
