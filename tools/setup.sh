#!/usr/bin/env bash
# Make .venv and install what is pinned: `tools/setup.sh run` what runs, `tools/setup.sh dev` what checks it as well.
# What was installed is remembered by the hash of the pins, so that a second call has nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=$1
run_files=(requirements.txt requirements-extra.txt)
dev_files=("${run_files[@]}" requirements-dev.txt)

say() { printf '%s\n' "$*" >&2; }
stamp_of() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

find_python() {  # the first Python on the path that is new enough
    local name
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    say "Tanxin needs Python 3.11 or newer; none was found on the path."
    exit 1
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    say "Making .venv with $("$python" --version) …"
    if ! "$python" -m venv --clear .venv; then
        say "\"$python -m venv\" does not work here; on Debian and Ubuntu the package python3-venv is missing."
        exit 1
    fi
fi

run_stamp=$(stamp_of "${run_files[@]}")
dev_stamp=$(stamp_of "${dev_files[@]}")
files=("${run_files[@]}")
wanted=$run_stamp
if [ "$kind" = dev ]; then
    files=("${dev_files[@]}")
    wanted=$dev_stamp
fi
[ "$(cat ".venv/.installed-$kind" 2>/dev/null)" = "$wanted" ] && exit 0

say "Installing ${files[*]} into .venv (a minute or two, once) …"
arguments=()
for file in "${files[@]}"; do arguments+=(--requirement "$file"); done
# What only checks use is compiled when it is first imported, if ever; that is quicker by a third.
if [ "$kind" = dev ]; then arguments+=(--no-compile); fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes "${arguments[@]}"
echo "$run_stamp" >.venv/.installed-run
if [ "$kind" = dev ]; then echo "$dev_stamp" >.venv/.installed-dev; fi
