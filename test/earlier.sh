#!/usr/bin/env bash
# Builds the tool of the version before, and prints its path, for AUTOMIRROR_EARLIER: of the last release's tag, or without one of the
# first commit that the upgrade page begins with.
set -euo pipefail
cd "$(dirname "$0")/.."
commit=$(git describe --tags --abbrev=0 --match 'v*' HEAD^ 2>/dev/null || echo c0de4da)
folder=$PWD/artifacts/earlier
rm -rf "$folder"
git clone --quiet --shared . "$folder"
git -C "$folder" checkout --quiet "$commit"
dotnet build "$folder/src/AutoMirror.Cli" -c Release -v quiet --nologo >&2
echo "$folder/src/AutoMirror.Cli/bin/Release/net10.0/automirror.dll"
