#!/usr/bin/env bash
# Puts artifacts/benchmarks.md above those of earlier nights, in the file history.md of the branch benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
tree=artifacts/history
if git fetch --depth 1 origin benchmarks 2>/dev/null; then
  git worktree add --force -B benchmarks "$tree" FETCH_HEAD
else
  git worktree add --force --orphan -B benchmarks "$tree"
fi
touch "$tree/history.md"
{
  cat artifacts/benchmarks.md
  echo
  cat "$tree/history.md"
} >"$tree/next"
mv "$tree/next" "$tree/history.md"
git -C "$tree" add history.md
git -C "$tree" commit --quiet -m "Benchmarks of $(git rev-parse --short HEAD)"
git -C "$tree" push --quiet origin benchmarks
