#!/usr/bin/env bash
# Installs what is missing, builds the release, and renders the knee handout in every language it has into out/.
#   ./run.sh ARGS     the same, but runs `handout ARGS`
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

"$here/tools/install-packages" build
if [ ! -f "$here/build/release/build.ninja" ]; then
  (cd "$here" && cmake --preset release -DHANDOUT_TESTS=OFF -DHANDOUT_BENCHMARKS=OFF >&2)
fi
cmake --build "$here/build/release" --target handout handout-inspect >&2 -- --quiet

if [ $# -gt 0 ]; then
  exec "$here/build/release/handout" "$@"
fi
mkdir -p "$here/out"
cd "$here"
exec build/release/handout render knee-stem-cell-treatment --all-locales --clinic content/clinics/example.xml -d out
