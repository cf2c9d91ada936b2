#!/usr/bin/env bash
# Makes the function's deployment package, artifacts/automirror.zip.
#
#   infra/build.sh            for the machine's own processor: the ahead-of-time compiled bootstrap, and nothing else
#   infra/build.sh x86_64     for Lambda's x86_64
#   infra/build.sh arm64      for Lambda's arm64
#   infra/build.sh managed    for Lambda's own .NET, the runtime dotnet10, on either processor: assemblies
#   infra/build.sh arm64 FILE the same, into another file
#
# Needs the .NET SDK, python3 for the archive and its checks, and, but for managed, clang (or gcc) with zlib's headers for the native link.
# For the other processor it needs clang and that processor's gcc, which brings its linker and C library (Debian: gcc-aarch64-linux-gnu).
# The archive has fixed times and modes, so that the same files give the same zip, and an unchanged one is not deployed anew.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

command -v dotnet >/dev/null || fail "dotnet is missing: install the .NET 10 SDK"
command -v python3 >/dev/null || fail "python3 is missing: it writes and checks the archive"

machine=$(uname -m)
architecture=${1:-${machine/aarch64/arm64}}
archive=${2:-artifacts/automirror.zip}
case $architecture in
  x86_64) runtime=linux-x64 ;;
  arm64) runtime=linux-arm64 ;;
  managed) runtime=managed ;;
  *) fail "unknown architecture '$architecture': x86_64, arm64 or managed" ;;
esac

published=artifacts/lambda/$runtime
rm -rf "$published"
# Intermediate files of its own, untouched by other builds, and no paths of this machine: a commit gives the same bytes everywhere
# that the same SDK and linker build it.
publish() {
  dotnet publish "$@" -c Release -o "$published" --nologo -v quiet --artifacts-path artifacts/build -p:ContinuousIntegrationBuild=true
}

if [ "$architecture" = managed ]; then
  publish src/AutoMirror.Lambda.Managed --no-self-contained -p:DebugType=none -p:GenerateRuntimeConfigurationFiles=true ||
    fail "the publish failed"
else
  [ "$(uname -s)" = Linux ] || fail "Native AOT compiles for the system it runs on: run this on Linux (a container will do)"
  if [ "${machine/aarch64/arm64}" != "$architecture" ]; then
    other=${architecture/arm64/aarch64}
    command -v clang >/dev/null && command -v "$other-linux-gnu-gcc" >/dev/null ||
      fail "this machine is $machine: to build $architecture here, install clang and $other-linux-gnu-gcc" \
        "(Debian: apt-get install clang gcc-${other/_/-}-linux-gnu), or build it on a machine of that kind"
  fi
  command -v clang >/dev/null || command -v gcc >/dev/null ||
    fail "no native linker: install clang (Debian: apt-get install clang zlib1g-dev)"
  publish src/AutoMirror.Lambda -r "$runtime" ||
    fail "the publish failed; if the linker says that it can't find -lz, install zlib's headers (Debian: apt-get install zlib1g-dev)"
fi

mkdir -p "$(dirname "$archive")"
python3 - "$published" "$archive" "$architecture" <<'PYTHON'
import base64, hashlib, json, os, re, sys, zipfile

published, archive, architecture = sys.argv[1:]
GLIBC = (2, 34)                 # Amazon Linux 2023, which provided.al2023 is made of
LARGEST_ZIP = 50 * 1024 * 1024  # Lambda's limit for a direct upload
MACHINE = {"x86_64": 62, "arm64": 183}


def fail(reason):
    sys.exit(f"build.sh: {reason}")


def content(name):
    with open(os.path.join(published, name), "rb") as file:
        return file.read()


def check_bootstrap():
    if names != ["bootstrap"]:
        fail(f"{published} should hold bootstrap alone, without symbols or other files, but holds: {', '.join(names) or 'nothing'}")
    program = content("bootstrap")
    if program[:4] != b"\x7fELF":
        fail("bootstrap is no Linux program")
    if int.from_bytes(program[18:20], "little") != MACHINE[architecture]:
        fail(f"bootstrap is not compiled for {architecture}")
    # The symbol versions that the program asks of the C library stand in it as plain text.
    needed = max(tuple(map(int, v.split(b"."))) for v in re.findall(rb"GLIBC_(\d+\.\d+)", program))
    if needed > GLIBC:
        fail(f"bootstrap needs glibc {needed[0]}.{needed[1]}, Lambda has {GLIBC[0]}.{GLIBC[1]}: build on an older Linux, as Debian 12")
    return f"bootstrap {len(program) / 1e6:.1f} MB, {architecture}, needs glibc {needed[0]}.{needed[1]}"


def check_assemblies():
    for name in ("AutoMirror.Lambda.Managed.dll", "AutoMirror.Lambda.Managed.runtimeconfig.json", "AutoMirror.Lambda.Managed.deps.json"):
        if name not in names:
            fail(f"{published} lacks {name}, without which Lambda can't load the function")
    version = json.loads(content("AutoMirror.Lambda.Managed.runtimeconfig.json"))["runtimeOptions"]["framework"]["version"]
    if not version.startswith("10."):
        fail(f"the function is built for .NET {version}, not for that of dotnet10")
    if b"HandleAsync" not in content("AutoMirror.Lambda.Managed.dll"):
        fail("AutoMirror.Lambda.Managed.dll has no HandleAsync, which the templates name as the handler")
    return f"{len(names)} files for dotnet10, on x86_64 and arm64"


names = sorted(os.path.relpath(os.path.join(folder, name), published) for folder, _, files in os.walk(published) for name in files)
summary = check_assemblies() if architecture == "managed" else check_bootstrap()

with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
    for name in names:
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.create_system = 3                 # Unix, so that the mode counts
        entry.external_attr = (0o100755 if name == "bootstrap" else 0o100644) << 16  # regular files, whatever the umask here
        entry.compress_type = zipfile.ZIP_DEFLATED
        package.writestr(entry, content(name))

# What was written, read back as Lambda will.
with zipfile.ZipFile(archive) as package:
    entries = package.infolist()
    if [entry.filename for entry in entries] != names or package.testzip():
        fail(f"{archive} was not written as it should be")
    if any(entry.filename == "bootstrap" and not (entry.external_attr >> 16) & 0o111 for entry in entries):
        fail("bootstrap is not executable in the archive")
size = os.path.getsize(archive)
if size > LARGEST_ZIP:
    fail(f"{archive} has {size} bytes, more than Lambda takes")
with open(archive, "rb") as file:
    digest = base64.b64encode(hashlib.sha256(file.read()).digest()).decode()
print(f"{archive}: {size / 1e6:.1f} MB, {summary}")
print(f"CodeSha256 (as Lambda will show it): {digest}")
PYTHON
