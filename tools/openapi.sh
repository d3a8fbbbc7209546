#!/usr/bin/env bash
# Hold the description of the API against Spectral's rules for OpenAPI; any warning is a failure. Needs npm.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TANXIN_INSTANCE=$work DATABASE_URL=sqlite:///$work/empty.sqlite
.venv/bin/python -m scheduler init
.venv/bin/python - >"$work/openapi.json" <<'PYTHON'
from scheduler.app import create_app

print(create_app().test_client().get("/api/v1/openapi.json").text)
PYTHON
echo 'extends: ["spectral:oas"]' >"$work/rules.yaml"
npx --yes @stoplight/spectral-cli@6.16.3 lint --ruleset "$work/rules.yaml" --fail-severity warn "$work/openapi.json"
