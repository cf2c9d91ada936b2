#!/usr/bin/env bash
# Makes what a release contains, in artifacts/release, from this clone.
#
#   infra/release.sh          what this machine can make; it says what it leaves out, and why
#   infra/release.sh --all    fails where something can't be made, as the release itself has to
#
# Needs what infra/build.sh needs. The same commit, with the same tags, SDK and linker, gives the same bytes in any folder.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

all=false
case ${1:-} in
  "") ;;
  --all) all=true ;;
  *)
    echo "release.sh: unknown option '$1': --all or nothing" >&2
    exit 2
    ;;
esac

release=artifacts/release
rm -rf "$release" artifacts/tool
mkdir -p "$release" artifacts/tool

left_out() { # what, why
  echo "release.sh: LEFT OUT: $1: $2" >&2
  ! $all || exit 1
}

# The function, for each processor and for Lambda's own .NET.
for architecture in x86_64 arm64 managed; do
  if ! infra/build.sh "$architecture" "$release/automirror-$architecture.zip" >"$release/log" 2>&1; then
    left_out "the function for $architecture" "$(grep -m1 -E 'build.sh:|error ' "$release/log")"
  fi
done
rm -f "$release/log"

# The tool, as one file that needs no .NET, and as a package for those who have it.
for identifier in linux-x64 linux-arm64 osx-x64 osx-arm64 win-x64 win-arm64; do
  published=artifacts/tool/$identifier
  if ! dotnet publish src/AutoMirror.Cli -c Release -r "$identifier" --self-contained -p:PublishSingleFile=true -o "$published" \
    --nologo -v quiet --artifacts-path artifacts/build -p:ContinuousIntegrationBuild=true >"$published.log" 2>&1; then
    left_out "the tool for $identifier" "$(grep -m1 -o 'error .*' "$published.log")"
    rm -rf "$published"
  fi
done
dotnet pack src/AutoMirror.Cli -c Release -o "$release" --nologo -v quiet --artifacts-path artifacts/build \
  -p:ContinuousIntegrationBuild=true

version=$(dotnet build src/AutoMirror.Core -restore -t:GetAssemblyAttributes -getProperty:InformationalVersion)
runtime=$(dotnet msbuild src/AutoMirror.Core -getProperty:BundledNETCoreAppPackageVersion)
python3 infra/release.py "$release" "$version" "$(git log -1 --format=%ct 2>/dev/null || echo 315532800)" "$runtime"
