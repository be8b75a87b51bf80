#!/usr/bin/env bash
# Runs the benches of a build directory, or the one named, and ends with their JSON lines, one a bench.
#
#   tools/run_benches.sh DIRECTORY [NAME] [SIZE]
set -euo pipefail
directory=$1
name=${2:-}
size=${3:-}

if [ -n "$name" ] && [ ! -x "$directory/bench_$name" ]; then
  known=$(cd "$directory" && ls bench_* 2>/dev/null | grep -v '\.' | sed 's/^bench_//' | tr '\n' ' ' || true)
  echo "There is no bench '$name' (expected one of: ${known:-none yet})" >&2
  exit 2
fi

lines=()
failed=0
for bench in "$directory"/bench_${name:-*}; do
  [ -f "$bench" ] && [ -x "$bench" ] || continue
  echo "${bench##*/bench_} …" >&2
  # What a bench says on its way goes to stderr; its last line on stdout is the figure.
  if line=$("$bench" ${size:+"$size"} | tail -n 1); then
    lines+=("$line")
  else
    echo "${bench##*/} failed" >&2
    failed=1
  fi
done
[ ${#lines[@]} = 0 ] || printf '%s\n' "${lines[@]}"
exit $failed
