#!/bin/sh
# Known vulnerabilities of everything locked, then the licence of everything installed.
set -u
cd "$(dirname "$0")/.."
failed=0

# Permissive licences, and MPL-2.0, whose copyleft stays within its own files. Compared as a whole, so that
# "MIT AND something else" is somebody's decision and not a match.
allowed="Apache-2.0;Apache 2.0;Apache-2.0 AND BSD-2-Clause;Apache Software License;Apache-2.0 OR BSD-2-Clause;Apache-2.0 OR BSD-3-Clause;MIT OR Apache-2.0
BSD License;BSD-2-Clause;BSD-3-Clause;ISC;ISC License (ISCL)
MIT;MIT License;MIT-0;MIT-CMU;MIT AND PSF-2.0;PSF-2.0;Python Software Foundation License
MPL-2.0;Mozilla Public License 2.0 (MPL 2.0);The Unlicense (Unlicense)"

# audit SERVICE: 0 nothing known, 1 something found, 2 the service doesn't answer.
audit() {
    findings=$(.venv/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
        --vulnerability-service "$1" -r requirements-dev.lock 2>&1) && return 0
    echo "$findings" | grep -q '^Found [0-9]* known vulnerabilit' && return 1
    return 2
}

audit pypi
outcome=$?
[ $outcome -ne 2 ] || { audit osv; outcome=$?; }
case $outcome in
0) echo "ok      vulnerabilities: none known in what is locked" ;;
1)
    echo "$findings"
    echo "FAILED  vulnerabilities"
    failed=1
    ;;
*)
    echo "SKIPPED vulnerabilities: no advisory service can be reached from here, so nothing was compared"
    [ "${WEBINAR_REQUIRE:-}" != all ] || failed=1
    ;;
esac

# pyrage says MIT in its licence file and its README, and nothing in the field that is compared.
if findings=$(.venv/bin/pip-licenses --python .venv/bin/python --ignore-packages webinar pyrage \
    --allow-only "$(echo "$allowed" | tr '\n' ';')" 2>&1 >/dev/null); then
    echo "ok      licences: everything installed may go with Apache-2.0"
else
    echo "$findings"
    echo "FAILED  licences"
    failed=1
fi
exit $failed
