#!/usr/bin/env bash
# Runs fuzz targets one after the other; what breaks one is kept in build/fuzz/findings, and the exit code is 1.
#
#   tools/run_fuzz.sh PROGRAM SECONDS [TARGET...]     (all targets when none is named)
set -euo pipefail
program=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- $(PUNTUAL_FUZZ= "$program" 2>&1 | sed -n 's/^  //p')
findings=build/fuzz/findings
mkdir -p "$findings"

failed=""
for target in "$@"; do
  corpus=build/fuzz/corpus/$target
  mkdir -p "$corpus"
  folders="$corpus tests/fuzz/corpus/$target $(sed -n "s/^FUZZ($target, \"\(.*\)\").*/\1/p" "tests/fuzz/$target.cpp")"
  [ ! -f "tests/fuzz/$target.dict" ] || folders="-dict=tests/fuzz/$target.dict $folders"
  log=$findings/$target.log
  if PUNTUAL_FUZZ=$target "$program" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
      -artifact_prefix="$findings/$target-" -print_final_stats=1 $folders >"$log" 2>&1; then
    echo "$target: nothing found in $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs"
  else
    echo "$target: BROKEN, see $log" >&2
    failed="$failed $target"
  fi
done
[ -z "$failed" ]
