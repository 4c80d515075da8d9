#!/usr/bin/env bash
# Installs, builds and runs every test: the release build, then the sanitizers.
#   ./test.sh --long     the long ones too (fuzzing)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
long=no
[ "${1:-}" = "--long" ] && long=yes

tools/install-packages build test
tools/install-test-data
for preset in release asan; do
  options=(-DHANDOUT_TESTS=ON)
  [ "$preset" = release ] && options+=(-DHANDOUT_BENCHMARKS=ON)
  cmake --preset "$preset" "${options[@]}" >/dev/null
  cmake --build "build/$preset" -- --quiet
done
ctest --test-dir build/asan --output-on-failure -j 2
ctest --test-dir build/release --output-on-failure -j 2

if [ $long = yes ]; then
  tools/install-packages fuzz
  cmake --preset fuzz >/dev/null
  cmake --build build/fuzz -- --quiet
  for target in build/fuzz/tests/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    name=$(basename "$target")
    mkdir -p "build/fuzz/corpus/${name#fuzz_}"
    "$target" -max_total_time=120 -timeout=1 -rss_limit_mb=2048 "build/fuzz/corpus/${name#fuzz_}" "tests/fuzz/seeds/${name#fuzz_}"
  done
fi
