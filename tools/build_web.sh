#!/usr/bin/env bash
# Builds the web application (web/) into build/web/dist, which CMake makes a part of the binary. When nothing has changed it
# costs nothing.
#
# Where npm or its registry cannot be reached the binary is built without it, and says so: at "/" and here.
set -euo pipefail
cd "$(dirname "$0")/.."
out=build/web
mkdir -p "$out"

sources=$(find web -path web/node_modules -prune -o -path web/demo -prune -o -path web/docs -prune -o -path web/pay -prune -o -type f -print0 | sort -z | xargs -0 sha256sum tools/build_web.sh | sha256sum)
[ "$(cat $out/built 2>/dev/null)" != "$sources" ] || exit 0

without() {
  rm -rf "$out/dist" "$out/built"
  printf '\n*** build_web: %s.\n*** Puntual is built WITHOUT its web application; run this again once npm works.\n\n' "$1" >&2
  exit 0
}

command -v npm >/dev/null || tools/install_deps.sh web || without "npm is not here and could not be installed"

# Vite wants Node 20.19 or newer. Debian 12 has 18: then a newer one comes from npm itself.
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'; then
  [ -x "$out/node/node_modules/.bin/node" ] || npm install --silent --no-audit --no-fund --prefix "$out/node" node@22 || without "a newer Node.js could not be fetched"
  PATH="$PWD/$out/node/node_modules/.bin:$PATH"
fi

lock=$(sha256sum web/package-lock.json)
if [ "$(cat $out/installed 2>/dev/null)" != "$lock" ] || [ ! -d web/node_modules ]; then
  rm -f "$out/installed"
  npm ci --prefix web --silent --no-audit --no-fund || without "npm ci failed: is the registry reachable?"
  echo "$lock" >"$out/installed"
fi

npm run --prefix web --silent build
echo "$sources" >"$out/built"
