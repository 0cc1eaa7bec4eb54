#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; installs one where there is none, and says so on stderr.
set -euo pipefail
cd "$(dirname "$0")/.."

says() { printf '%s\n' "$*" >&2; }

on_path() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name"; then
            return
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

from_debian() {
    says "No Chromium on the PATH: installing Debian's. This takes a minute."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium </dev/null >/dev/null
}

playwrights_own() {
    .venv/bin/python -c 'from playwright.sync_api import sync_playwright as p
with p() as it: print(it.chromium.executable_path)'
}

if on_path; then
    exit 0
fi
if may_install && from_debian && on_path; then
    exit 0
fi
path=$(playwrights_own)
if [ ! -x "$path" ]; then
    says "Fetching Playwright's own Chromium."
    if ! .venv/bin/python -m playwright install chromium </dev/null >&2; then
        says "The browser tests need a Chromium. Please install one so that \`chromium\` is on the PATH, then try again."
        exit 1
    fi
    path=$(playwrights_own)
fi
printf '%s\n' "$path"
