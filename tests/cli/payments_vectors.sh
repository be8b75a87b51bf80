# Every vector of the payments contract, and what must not pass for one: a folder of three files a provider (its secrets, notices in,
# answers out), named PROVIDER or PROVIDER-CASE where it needs other secrets.
puntual=$1
vectors=$(dirname "$0")/payments_vectors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for secrets in "$vectors"/*.toml; do
  case=$(basename "$secrets" .toml)
  "$puntual" payments verify --provider "${case%%-*}" --secrets-file "$secrets" <"$vectors/$case.in.jsonl" >"$work/out" 2>"$work/err" ||
    { echo "$case: payments verify failed"; cat "$work/err"; failed=1; }
  diff "$vectors/$case.out.jsonl" "$work/out" || { echo "$case: not what it should say"; failed=1; }
done
exit $failed
