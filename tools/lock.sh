#!/usr/bin/env bash
# Write requirements*.txt from pyproject.toml: pinned, hashed, for every platform. Called by `make lock`.
# A pin that still fits is kept; `tools/lock.sh --upgrade` takes the newest of everything.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=${UV:-.venv/bin/uv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
all=$work/all.txt

compile() {  # compile OUTPUT ARGUMENT...: resolve pyproject.toml into OUTPUT
    local output=$1
    shift
    "$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-strip-extras --no-emit-index-url --no-emit-find-links --output-file "$output" "$@" >/dev/null
}

# Everything is resolved once, and the three files are cut out of that one answer, so that no two of them disagree.
cp requirements-dev.txt "$all" 2>/dev/null || true
if [ -f requirements-extra.txt ]; then
    # Pins that only the extra file knows; uv takes them as preferences, not as demands.
    cat requirements-extra.txt >>"$all"
fi
compile "$all" --all-extras "$@"

write() {  # write FILE WHAT ARGUMENT...: one file, its first lines saying what it is
    local file=$1 what=$2 body=$work/body.txt
    shift 2
    compile "$body" --constraints "$all" "$@"
    {
        echo "# $what"
        echo "# Written by \`make lock\` from pyproject.toml; do not edit by hand."
        cat "$body"
    } >"$file"
    rm -f "$body"  # or uv would take its pins as preferences for the next file
    echo "$file: $(grep -c '==' "$file") packages"
}

write requirements.txt "What runs."
write requirements-extra.txt "What runs, with PostgreSQL, Redis and gunicorn." --extra extra
write requirements-dev.txt "What runs, and what checks it." --extra dev
