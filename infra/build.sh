#!/usr/bin/env bash
# Makes the function's deployment package, artifacts/automirror.zip: the ahead-of-time compiled bootstrap, and nothing else.
#
#   infra/build.sh            for the machine's own processor
#   infra/build.sh x86_64     for Lambda's x86_64
#   infra/build.sh arm64      for Lambda's arm64 (on an arm64 machine: this script does not cross-compile)
#
# Needs the .NET SDK, clang (or gcc) with zlib's headers for the native link, and python3 for the archive and its checks.
# The archive has fixed times and modes, so that the same bootstrap gives the same zip, and an unchanged one is not deployed anew.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

machine=$(uname -m)
architecture=${1:-${machine/aarch64/arm64}}
case $architecture in
  x86_64) runtime=linux-x64 ;;
  arm64) runtime=linux-arm64 ;;
  *) fail "unknown architecture '$architecture': x86_64 or arm64" ;;
esac
[ "$(uname -s)" = Linux ] || fail "Native AOT compiles for the system it runs on: run this on Linux (a container will do)"
[ "${machine/aarch64/arm64}" = "$architecture" ] || fail "this machine is $machine: build $architecture on a machine of that kind"
command -v dotnet >/dev/null || fail "dotnet is missing: install the .NET 10 SDK"
command -v clang >/dev/null || command -v gcc >/dev/null ||
  fail "no native linker: install clang (Debian: apt-get install clang zlib1g-dev)"
command -v python3 >/dev/null || fail "python3 is missing: it writes and checks the archive"

published=artifacts/lambda/$runtime
rm -rf "$published"
# Intermediate files of its own, untouched by other builds, and no paths of this machine: a commit gives the same bytes everywhere
# that the same SDK and linker build it.
dotnet publish src/AutoMirror.Lambda -c Release -r "$runtime" -o "$published" --nologo -v quiet \
  --artifacts-path artifacts/build -p:ContinuousIntegrationBuild=true ||
  fail "the publish failed; if the linker says that it can't find -lz, install zlib's headers (Debian: apt-get install zlib1g-dev)"

python3 - "$published" artifacts/automirror.zip "$architecture" <<'PYTHON'
import base64, hashlib, os, re, sys, zipfile

published, archive, architecture = sys.argv[1:]
GLIBC = (2, 34)                 # Amazon Linux 2023, which provided.al2023 is made of
LARGEST_ZIP = 50 * 1024 * 1024  # Lambda's limit for a direct upload
MACHINE = {"x86_64": 62, "arm64": 183}


def fail(reason):
    sys.exit(f"build.sh: {reason}")


names = sorted(os.listdir(published))
if names != ["bootstrap"]:
    fail(f"{published} should hold bootstrap alone, without symbols or other files, but holds: {', '.join(names) or 'nothing'}")
with open(os.path.join(published, "bootstrap"), "rb") as file:
    program = file.read()
if program[:4] != b"\x7fELF":
    fail("bootstrap is no Linux program")
if int.from_bytes(program[18:20], "little") != MACHINE[architecture]:
    fail(f"bootstrap is not compiled for {architecture}")
# The symbol versions that the program asks of the C library stand in it as plain text.
needed = max(tuple(map(int, v.split(b"."))) for v in re.findall(rb"GLIBC_(\d+\.\d+)", program))
if needed > GLIBC:
    fail(f"bootstrap needs glibc {needed[0]}.{needed[1]}, Lambda has {GLIBC[0]}.{GLIBC[1]}: build on an older Linux, as Debian 12")

with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
    entry = zipfile.ZipInfo("bootstrap", date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3                 # Unix, so that the mode counts
    entry.external_attr = 0o100755 << 16    # a regular file that may be run, whatever the umask here
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, program)

# What was written, read back as Lambda will.
with zipfile.ZipFile(archive) as package:
    (entry,) = package.infolist()
    if entry.filename != "bootstrap" or not (entry.external_attr >> 16) & 0o111 or package.testzip():
        fail(f"{archive} was not written as it should be")
size = os.path.getsize(archive)
if size > LARGEST_ZIP:
    fail(f"{archive} has {size} bytes, more than Lambda takes")
with open(archive, "rb") as file:
    digest = base64.b64encode(hashlib.sha256(file.read()).digest()).decode()
print(f"{archive}: {size / 1e6:.1f} MB, bootstrap {len(program) / 1e6:.1f} MB, {architecture}, needs glibc {needed[0]}.{needed[1]}")
print(f"CodeSha256 (as Lambda will show it): {digest}")
PYTHON
