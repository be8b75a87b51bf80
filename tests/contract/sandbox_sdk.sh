#!/usr/bin/env bash
# Do outside SDKs work against the sandbox? Installs two from npm into a temporary folder, points them at
# `puntual sandbox`, sends a template, a text and an interactive message with each, and checks the answers.
# Needs Node 20 and the network for npm; so it is run by hand, not by make test:
#   tests/contract/sandbox_sdk.sh build/release/puntual
set -euo pipefail
puntual=$(realpath "${1:-build/release/puntual}")
work=$(mktemp -d)
trap 'kill "${sandbox:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cp "$(dirname "$0")/sandbox_sdk.mjs" "$work/"
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @great-detail/whatsapp@9.2.0 whatsapp-api-js@6.3.0
(umask 077 && echo secreto > secret)
"$puntual" sandbox --port 0 --app-secret-file secret > ready &
sandbox=$!
for _ in $(seq 100); do [ -s ready ] && break; sleep 0.05; done
node sandbox_sdk.mjs "$(cat ready)"
