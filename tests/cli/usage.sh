# What holds of every command: help on stdout, mistakes on stderr, exit codes as promised.
puntual=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect CODE ARGUMENTS…: runs the program without input, keeping its two outputs.
expect() {
  code=$1
  shift
  "$puntual" "$@" </dev/null >"$work/out" 2>"$work/err"
  got=$?
  if [ "$got" != "$code" ]; then
    echo "puntual $*: exit code $got, expected $code"
    cat "$work/err"
    exit 1
  fi
}

expect 0 --help
[ -s "$work/out" ] || { echo "--help printed nothing on stdout"; exit 1; }
expect 0 version
[ -s "$work/out" ] || { echo "version printed nothing on stdout"; exit 1; }

expect 2 no-such-command
[ -s "$work/err" ] && [ ! -s "$work/out" ] || { echo "a usage error belongs on stderr alone"; exit 1; }
expect 2 version --no-such-option
expect 2 chat --from 9999-12-31
