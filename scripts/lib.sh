# shellcheck shell=bash
# What the scripts share. Sourced, never run: set -euo pipefail and the project's folder as working directory.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
WORK=$ROOT/.work
LOGS=$WORK/logs
mkdir -p "$LOGS"

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# seconds_since START: whole seconds since START (a value of $SECONDS), as "12 s" or "3 min 20 s".
seconds_since() {
  local s=$((SECONDS - $1))
  if ((s < 60)); then printf '%d s' "$s"; else printf '%d min %02d s' $((s / 60)) $((s % 60)); fi
}

# How far a running step is, read from the last "[12/340]" in its log.
progress_of() { tail -c 2000 "$1" 2>/dev/null | grep -oE '\[[0-9]+/[0-9]+\]' | tail -n 1 || true; }

# What must happen however a script ends, newest first: on_exit 'COMMAND'.
CLEANUP=()
on_exit() { CLEANUP=("$1" "${CLEANUP[@]}"); }
clean_up() {
  local command
  for command in "${CLEANUP[@]}"; do eval "$command" || true; done
  CLEANUP=()
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Says every minute how far the step with this log is.
report_progress() {
  local start=$SECONDS
  # A pipe nobody writes to: waiting on it needs no process that could outlive us.
  exec 8<> <(:)
  until read -r -t 60 -u 8; do
    printf '\n  still at it, %s %-12s ' "$(seconds_since "$start")" "$(progress_of "$1")"
  done
}

# The lines of a log that say what went wrong (a compiler's, a package manager's, a test's), else its end.
show_errors() {
  local errors
  errors=$(grep -aE '^([^ ]+: )?(error|fatal error|Fatal error|fatal|E|ERROR|FAIL):|^✘ Test |^↳ ' "$1" |
    grep -avE '^✘ Test run |^↳ T(esting Library|arget)' | awk '!seen[$0]++' | head -n 40 || true)
  if [[ -n $errors ]]; then say "$errors"; else tail -n 15 "$1"; fi
  say "--- all of it: ${1#"$ROOT"/}"
}

# step LABEL LOG COMMAND...: runs the command with its output in .work/logs/LOG.log and one line on the screen.
# When it fails, the errors are shown and its status is returned. In the command errexit does not hold: chain with &&.
step() {
  local label=$1 log=$LOGS/$2.log start=$SECONDS status=0 reporter
  shift 2
  printf '%-28s ' "$label"
  report_progress "$log" 9>&- &
  reporter=$!
  on_exit "kill $reporter 2>/dev/null"
  "$@" </dev/null >"$log" 2>&1 || status=$?
  { kill "$reporter" && wait "$reporter"; } 2>/dev/null || true
  CLEANUP=("${CLEANUP[@]:1}")
  if ((status == 0)); then
    say "ok, $(seconds_since "$start")"
  else
    say "FAILED, $(seconds_since "$start")"
    show_errors "$log"
  fi
  return "$status"
}

# free_port: a port of 127.0.0.1 that nobody listens on just now.
free_port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# need_swift: says at once, before anything is installed, that Swift is not there or too old for Package.swift.
need_swift() {
  command -v swift >/dev/null ||
    die "Swift 6.3 is needed, and no 'swift' is on the PATH: see https://www.swift.org/install (after unpacking: export PATH=\$PATH:/where/it/is/usr/bin)"
  local version
  # On a bare machine it may lack libraries of its own until scripts/setup has run; then its version is not known yet.
  version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | head -n 1 | grep -oE '[0-9]+\.[0-9]+' || true)
  [[ -z $version || $(printf '%s\n6.3\n' "$version" | sort -V | head -n 1) == 6.3 ]] ||
    die "Swift 6.3 is needed, and 'swift' is $version ($(command -v swift)): see https://www.swift.org/install"
}

# build_release: builds the program, unless nothing under Sources changed since this last did.
build_release() {
  local stamp=$WORK/release-built
  if [[ -x .build/release/eyhub && -f $stamp ]] &&
    [[ -z $(find Package.swift Sources -newer "$stamp" -print -quit) ]]; then
    return 0
  fi
  touch "$stamp.new"
  step "Building (minutes, once)" build-release swift build -c release --product eyhub
  mv "$stamp.new" "$stamp"
}
