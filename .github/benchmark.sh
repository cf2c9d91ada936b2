#!/usr/bin/env bash
# Runs the benchmarks that take seconds, and prints what they print, as Markdown; artifacts/benchmarks.md has the same.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p artifacts
dotnet build -c Release test/AutoMirror.Benchmarks -v quiet --nologo >&2
{
  echo "## $(git log -1 --format=%cI), $(git rev-parse HEAD)"
  for benchmark in storm sweep probe; do
    printf '\n```text\n%s\n' "$benchmark"
    dotnet run -c Release --no-build --project test/AutoMirror.Benchmarks -- "$benchmark"
    echo '```'
  done
} | tee artifacts/benchmarks.md
