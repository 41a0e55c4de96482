#!/bin/sh
# Every static check; all of them run, so that one round shows everything there is to mend.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=""

run() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        echo "$output"
        failed="$failed $name"
    fi
}

run "format" $bin/ruff format --check --quiet --diff .
run "lint" $bin/ruff check --quiet .
run "types" $bin/mypy
run "floors" $bin/lint-imports
run "sizes" $bin/python scripts/check_sizes.py
run "locks" scripts/check_locks.sh
run "protections" $bin/python -m scripts.protections --check
run "catalogues" $bin/python -m scripts.catalogues --check

[ -z "$failed" ] || { echo "Mend:$failed (make fmt mends some)"; exit 1; }
