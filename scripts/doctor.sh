#!/bin/sh
# Show what this machine has. It needs nothing but a shell, so that it also works where everything is missing.
set -u
cd "$(dirname "$0")/.."
missing=0

# report NAME PROGRAM CONSEQUENCE: one line; the consequence shows only where the program is missing.
report() {
    if [ -n "$2" ]; then
        printf '  yes  %-12s %s\n' "$1" "$2"
    else
        printf '  no   %-12s %s\n' "$1" "$3"
        missing=$((missing + 1))
    fi
}

first() { # the first of the given programs that exists
    for candidate in "$@"; do
        command -v "$candidate" 2>/dev/null && return
    done
}

python=""
for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    python="$(command -v "$candidate") ($("$candidate" --version 2>&1))"
    break
done

echo "To run webinar"
report "Python" "$python" "3.11 or newer is needed for everything"
report "git" "$(first git)" "needed to fetch and develop webinar"
report "make" "$(first make)" "needed for the commands of this project"
report ".venv" "$([ -e .venv/.runtime-installed ] && echo installed)" "make setup makes it; make demo too"
echo "To run the whole suite (make system-deps installs these on Debian)"
report "Chromium" "${WEBINAR_CHROMIUM:-$(first chromium chromium-browser google-chrome)}" "browser tests are skipped"
report "ffmpeg" "$(first ffmpeg)" "tests that make or read media are skipped"
report "PostgreSQL" "$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null | tail -n 1 || first postgres)" "PostgreSQL tests are skipped"
report "Redis" "$(first redis-server)" "Redis tests are skipped"
report "OpenSSL" "$(first openssl)" "tests under TLS are skipped"
report "nginx" "$(first nginx /usr/sbin/nginx)" "the test of its configuration is skipped"
report "Caddy" "$(first caddy)" "the test of its configuration is skipped"
report "promtool" "$(first promtool)" "the check of the alert rules by Prometheus is skipped"
report "iproute2" "$(first ip /usr/sbin/ip)" "tests of a network that falls silent are skipped; they need root too"
report "C compiler" "$(first cc)" "tests of the load client are skipped, and the realtime benchmarks don't run"
report "Noto fonts" "$(fc-list 2>/dev/null | grep -q NotoNaskhArabic && echo installed)" "Arabic pages render with whatever font is there"
echo "To bundle the browser libraries again (rarely needed: the bundle is in the repository)"
report "npm" "$(first npm)" "make vendor can't run"
[ "$missing" -eq 0 ] && echo "Nothing is missing."
exit 0
