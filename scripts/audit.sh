#!/bin/sh
# Known vulnerabilities of everything locked, then the licence of everything installed.
set -u
cd "$(dirname "$0")/.."
failed=0
# Permissive licences, and MPL-2.0, whose copyleft stays within its own files.
allowed="Apache;BSD;ISC;MIT;MPL;Mozilla Public License 2.0;PSF;Python Software Foundation;The Unlicense;Unlicense;0BSD;CC0"

if output=$(.venv/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements-dev.lock 2>&1); then
    echo "ok      vulnerabilities: none known in what is locked"
elif echo "$output" | grep -qiE 'connection|resolve|timed out|unreachable|403|proxy'; then
    echo "$output" | tail -n 1
    echo "FAILED  vulnerabilities: the advisory service can't be reached from here, so nothing was checked"
    failed=1
else
    echo "$output"
    echo "FAILED  vulnerabilities"
    failed=1
fi

if output=$(.venv/bin/pip-licenses --python .venv/bin/python --ignore-packages webinar --partial-match --allow-only "$allowed" 2>&1); then
    echo "ok      licences: all of them may go with Apache-2.0"
else
    echo "$output" | tail -n 5
    echo "FAILED  licences"
    failed=1
fi
exit $failed
