#!/usr/bin/env bash
# Fetch the pinned front-end files through npm, with their licences, and write static/vendor/README.md. Called by `make vendor`.
# To take another version: change it here, run this, and read the diff.
set -euo pipefail
cd "$(dirname "$0")/.."

vendor=static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

take() {  # take PACKAGE VERSION LICENCE FILE [TEXT]: one file of one package, its licence beside it, its row in the table; TEXT where the package carries no licence text
    local package=$1 version=$2 licence=$3 file=$4 name=${4##*/} packed
    packed=$(cd "$work" && npm pack --silent "$package@$version")
    tar -xzf "$work/$packed" -C "$work"
    install -m 644 "$work/package/$file" "$vendor/$name"
    install -m 644 "${5:-$work/package/LICENSE}" "$vendor/$name.LICENSE"
    rm -rf "$work/package"
    rows+="| $package | $version | $licence | [\`$name\`]($name) | \`$(sha256sum "$vendor/$name" | cut -d' ' -f1)\` |"$'\n'
}

mkdir -p "$vendor"
rows=
take bootstrap 5.3.9 MIT dist/css/bootstrap-reboot.min.css
take htmx.org 2.0.11 0BSD dist/htmx.min.js
take @event-calendar/build 5.10.1 MIT dist/event-calendar.min.js tools/licences/event-calendar.LICENSE
take @event-calendar/build 5.10.1 MIT dist/event-calendar.min.css tools/licences/event-calendar.LICENSE

cat >"$vendor/README.md" <<TABLE
# Files by others

Unchanged, as published; served from here, so that no page asks another host for anything. Written by \`make vendor\`.

| name | version | licence | file | sha256 |
|---|---|---|---|---|
$rows
Each file's licence stands beside it as \`<file>.LICENSE\`.
TABLE
