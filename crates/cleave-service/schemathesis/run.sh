#!/usr/bin/env bash
# Fuzzes a running local API service with schemathesis, by its own OpenAPI description.
#
#   schemathesis/run.sh CLEAVE_CLI VENV_DIR [EXAMPLES]
#
# CLEAVE_CLI is the built command, VENV_DIR a directory for schemathesis (made and filled from PyPI when missing),
# EXAMPLES how many requests are generated for each operation (60 unless told, about a minute). The seed is fixed.
# Ends with schemathesis' own exit code: 0 when nothing was found.
set -euo pipefail

cli=$(realpath "$1")
mkdir -p "$2"
venv=$(realpath "$2")
examples=${3:-60}
here=$(cd "$(dirname "$0")" && pwd)
version=4.32.5

if [ "$(cat "$venv/version" 2>/dev/null || true)" != "$version" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
    echo "$version" > "$venv/version"
fi

work=$(mktemp -d)
mkfifo "$work/greeting"
"$cli" serve --port 0 --seed 5 --contacts 300 --json > "$work/greeting" &
service=$!
trap 'kill "$service" 2>/dev/null || true; wait "$service" 2>/dev/null || true; rm -rf "$work"' EXIT
read -r greeting < "$work/greeting"

# Hooks sign in with these; they stay out of the command line.
CLEAVE_GREETING=$greeting
export CLEAVE_GREETING
export PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}"
export SCHEMATHESIS_HOOKS=hooks
url=$("$venv/bin/python" -c 'import json, os; print(json.loads(os.environ["CLEAVE_GREETING"])["url"])')

cd "$work"
"$venv/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$url/openapi.json" \
    --seed 20260510 --phases coverage,fuzzing --max-examples "$examples" --max-time 90 \
    --continue-on-failure --generation-database none --no-color
