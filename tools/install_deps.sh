#!/usr/bin/env bash
# Installs what Puntual needs to build, test and run, from Debian's packages only. A second run costs
# nothing. On Debian 12 libphonenumber's headers cannot be installed beside Boost 1.81 (their packages
# exclude each other through Boost 1.74), so they are unpacked into build/deps instead.
set -euo pipefail
cd "$(dirname "$0")/.."

. /etc/os-release
common="g++ cmake ninja-build make pkg-config ca-certificates git ccache mold tzdata libtomlplusplus-dev
  libfmt-dev libcli11-dev libsqlite3-dev libcurl4-openssl-dev libssl-dev libicu-dev
  libhowardhinnant-date-dev libprotobuf-dev libabsl-dev libgtest-dev libgmock-dev librapidcheck-dev"
if [ "${VERSION_ID:-12}" = 12 ]; then
  packages="$common libboost1.81-dev libboost-json1.81-dev libphonenumber8"
else
  packages="$common libboost-dev libboost-json-dev libphonenumber-dev"
fi

missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done

sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
if [ -n "$missing" ]; then
  echo "Installing:$missing" >&2
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
fi

if [ "${VERSION_ID:-12}" = 12 ] && [ ! -f build/deps/usr/include/phonenumbers/phonenumberutil.h ]; then
  mkdir -p build/deps
  [ -n "$missing" ] || $sudo apt-get update -qq
  work=$(mktemp -d)
  chmod 755 "$work"
  (cd "$work" && apt-get download -qq libphonenumber-dev >&2 && dpkg-deb -x libphonenumber-dev_*.deb unpacked)
  cp -r "$work/unpacked/." build/deps/
  rm -rf "$work"
fi
