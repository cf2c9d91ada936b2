#!/usr/bin/env bash
# Runs histories of the simulation that no earlier night has run; where one goes wrong, artifacts/simulation.md says how to replay it.
#
#   .github/simulate.sh NIGHT SEEDS      the seeds NIGHT × SEEDS and on, wrapped within what a seed can be
set -uo pipefail
cd "$(dirname "$0")/.."
night=$1
seeds=$2
from=$((night * seeds % 2000000000 + 1))
mkdir -p artifacts

dotnet run -c Release --project test/AutoMirror.Simulation -- --from "$from" --seeds "$seeds" 2>&1 | tee artifacts/simulation.log
ended=${PIPESTATUS[0]}
[ "$ended" != 0 ] || exit 0

{
  echo "Commit $(git rev-parse HEAD). Seeds $from to $((from + seeds - 1)). What was printed last has the command that replays it, shrunk:"
  echo
  echo '```'
  tail -n 60 artifacts/simulation.log
  echo '```'
} >artifacts/simulation.md
exit "$ended"
