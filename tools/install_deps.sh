#!/usr/bin/env bash
# Installs what Puntual needs, from the distribution's packages only. A second run costs nothing.
#
#   tools/install_deps.sh [format] [tidy] [web] [browser] [fuzz]     and also what those targets need
#
# On Debian 12 libphonenumber's headers cannot be installed beside Boost 1.81 (their packages exclude
# each other through Boost 1.74), so they are unpacked into build/deps instead.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v apt-get >/dev/null; then
  echo "install_deps: this is neither Debian nor Ubuntu; install the libraries of docs/decisions/0002-libraries.md" \
       "by hand. CMake names whatever it does not find." >&2
  exit 0
fi

. /etc/os-release
packages="g++ cmake ninja-build make pkg-config ca-certificates git ccache mold tzdata libtomlplusplus-dev
  libfmt-dev libcli11-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libssl-dev libsodium-dev libicu-dev libjemalloc-dev
  libpango1.0-dev libqrencode-dev fonts-dejavu-core libxlsxwriter-dev libzip-dev libexpat1-dev libhowardhinnant-date-dev libprotobuf-dev libabsl-dev libgtest-dev libgmock-dev librapidcheck-dev
  postgresql poppler-utils"
unpack_phonenumber=false
if [ "${VERSION_ID:-}" = 12 ]; then
  packages="$packages libboost1.81-dev libboost-json1.81-dev libphonenumber8"
  [ -f build/deps/usr/include/phonenumbers/phonenumberutil.h ] || unpack_phonenumber=true
else
  packages="$packages libboost-dev libboost-json-dev libphonenumber-dev"
fi
for extra in "$@"; do
  case "$extra" in
    format) packages="$packages clang-format" ;;
    tidy) packages="$packages clang-tidy-19" ;;
    fuzz) packages="$packages clang-19 libclang-rt-19-dev" ;;
    web | browser)
      [ "$extra" = web ] || packages="$packages chromium"
      # Node.js from elsewhere than the distribution serves as well.
      command -v npm >/dev/null || packages="$packages nodejs npm"
      ;;
    *) echo "install_deps: '$extra' is not known (expected format, tidy, web, browser or fuzz)" >&2; exit 2 ;;
  esac
done

installed=" $(dpkg-query -W -f '${Package}:${db:Status-Status} ' $packages 2>/dev/null || true)"
missing=""
for package in $packages; do
  [[ "$installed" == *" $package:installed "* ]] || missing="$missing $package"
done
[ -n "$missing" ] || [ "$unpack_phonenumber" = true ] || exit 0

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "install_deps: needs root for: $* (run it as root, or install sudo)" >&2
    exit 1
  fi
}

if [ -n "$missing" ]; then
  echo "Installing:$missing" >&2
  # The tests start servers of their own: the package need not make one for the machine.
  if [[ "$missing " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common ]; then
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.d/no-main.conf >/dev/null
  fi
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null >&2
fi

if [ "$unpack_phonenumber" = true ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # apt's own user must be able to write there.
  chmod 777 "$work"
  download() { (cd "$work" && apt-get download -qq libphonenumber-dev >&2); }
  download 2>/dev/null || { as_root apt-get update -qq && download; }
  dpkg-deb -x "$work"/libphonenumber-dev_*.deb "$work/unpacked"
  mkdir -p build/deps
  cp -r "$work/unpacked/." build/deps/
fi
