#!/usr/bin/env bash
# Runs a command with a fresh, unlocked keychain (gnome-keyring under a D-Bus session of its own), in a fresh home.
#
#   tests/keychain.sh COMMAND [ARGUMENT…]
#
# Nothing of the caller's keychain, home or session is touched, and nothing is left behind. The command's exit code
# is passed on; 69 means that a program is missing, 70 that the keychain did not start.
# The caller's cargo and rustup folders stay where they are, so that COMMAND may be cargo.
set -euo pipefail

if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT…]" >&2
    exit 64
fi

if [ -z "${OKIENKO_KEYCHAIN_INSIDE:-}" ]; then
    for program in dbus-run-session dbus-send gnome-keyring-daemon; do
        command -v "$program" >/dev/null || {
            echo "$0: $program is missing (Debian: dbus-daemon dbus-bin gnome-keyring)" >&2
            exit 69
        }
    done
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    mkdir -m 0700 "$folder"/{home,data,config,cache,runtime}
    export CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}"
    status=0
    env -u DBUS_SESSION_BUS_ADDRESS -u GNOME_KEYRING_CONTROL \
        HOME="$folder/home" XDG_DATA_HOME="$folder/data" XDG_CONFIG_HOME="$folder/config" \
        XDG_CACHE_HOME="$folder/cache" XDG_RUNTIME_DIR="$folder/runtime" OKIENKO_KEYCHAIN_INSIDE=1 \
        dbus-run-session -- "$0" "$@" || status=$?
    exit "$status"
fi
unset OKIENKO_KEYCHAIN_INSIDE

# In the foreground and in the background of this script, so that it can be ended by its number.
gnome-keyring-daemon --foreground --unlock --components=secrets \
    < <(printf %s test-password) >"$XDG_RUNTIME_DIR/keyring.log" 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true' EXIT

ask() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null
}
for _ in $(seq 600); do
    if ask | grep -q 'boolean true'; then
        status=0
        "$@" || status=$?
        exit "$status"
    fi
    kill -0 "$daemon" 2>/dev/null || break
    sleep 0.1
done
echo "$0: the keychain did not start" >&2
cat "$XDG_RUNTIME_DIR/keyring.log" >&2
exit 70
