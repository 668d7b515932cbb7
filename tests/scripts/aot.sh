#!/usr/bin/env bash
# Publishes the quickstart with NativeAOT, warnings as errors, and runs it.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

fail() { tail -n 20 "$out/log"; echo "failed $1"; exit 1; }

command -v clang >/dev/null || command -v gcc >/dev/null || (apt-get update -q && apt-get install -y -q clang) >/dev/null 2>&1
[ -e /usr/include/zlib.h ] || (apt-get update -q && apt-get install -y -q zlib1g-dev) >/dev/null 2>&1

# A copy, so that the publish does not disturb the build that is there.
git ls-files -z | xargs -0 cp --parents -t "$out" 2>/dev/null
cd "$out" || exit 1
linker=clang; command -v clang >/dev/null || linker=gcc
dotnet publish samples/Quickstart -c Release -r linux-x64 -p:NativeAot=true -p:CppCompilerAndLinker=$linker -p:TreatWarningsAsErrors=true -o "$out/app" \
  >"$out/log" 2>&1 || fail "NativeAOT publish"
echo "passed NativeAOT publish without a warning ($(du -h "$out/app/Quickstart" | cut -f1))"
timeout 60 "$out/app/Quickstart" >"$out/log" 2>&1 || fail "NativeAOT quickstart"
[ "$(grep -c '1 + 2 = 3' "$out/log")" = 3 ] || fail "NativeAOT quickstart"
echo "passed NativeAOT quickstart over stdio, a Unix socket and TCP"
