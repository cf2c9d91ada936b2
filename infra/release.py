"""The second half of release.sh: archives, the packaged template, the bill of materials, the checksums.

    release.py FOLDER VERSION TIME RUNTIME      TIME: the commit's, in seconds since 1970; RUNTIME: the version of .NET in what needs none
"""
import base64
import datetime
import glob
import hashlib
import json
import os
import re
import sys
import uuid
import zipfile

folder, build, seconds, runtime = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
version = build.split("+")[0]
made = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(name, content):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def archive(name, entries):
    """A zip with fixed times and an order of its own, so that the same content gives the same bytes."""
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for path, content, executable in sorted(entries):
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)


def tools():
    for published in sorted(glob.glob("artifacts/tool/*/")):
        identifier = os.path.basename(os.path.dirname(published))
        program = "automirror.exe" if identifier.startswith("win") else "automirror"
        archive(f"automirror-{identifier}.zip", [
            (program, read(os.path.join(published, program)), True), ("LICENSE", read("LICENSE"), False)])


def tool_package():
    """The package for `dotnet tool install`, written anew: its entries have the time of the build."""
    for path in glob.glob(os.path.join(folder, "*.nupkg")):
        with zipfile.ZipFile(path) as package:
            entries = [(name, package.read(name), False) for name in package.namelist()]
        archive(os.path.basename(path), entries)


def terraform():
    """The module as it is, with the pages that its own page links to left where they are: online."""
    entries = [("LICENSE", read("LICENSE"), False)]
    for path in glob.glob("infra/terraform/**", recursive=True):
        relative = os.path.relpath(path, "infra/terraform")
        if os.path.isfile(path) and not relative.startswith("tests") and ".terraform" not in relative and "tfstate" not in relative:
            entries.append((relative, read(path), False))
    archive("automirror-terraform.zip", entries)


def template():
    """The SAM template, with the package in a bucket in place of the one in this clone: CloudFormation takes it as it is."""
    text = read("infra/sam/template.yaml").decode()
    local = "      CodeUri: ../../artifacts/automirror.zip\n"
    if text.count(local) != 1:
        sys.exit("release.py: the template's CodeUri is not where it was")
    text = text.replace("      # Made by infra/build.sh.\n" + local, local).replace(
        local, "      CodeUri: {Bucket: !Ref CodeBucket, Key: !Ref CodeKey}\n")
    parameters = f"""Parameters:
  CodeBucket:
    Type: String
    Description: The bucket, in this Region, that the function's package of release {version} was copied to.

  CodeKey:
    Type: String
    Description: The package's key in that bucket. Each release has its own, since what lies under the same key is not deployed again.
    Default: automirror/{version}/automirror-x86_64.zip

"""
    if text.count("\nParameters:\n") != 1:
        sys.exit("release.py: the template's parameters are not where they were")
    write("automirror-template.yaml", text.replace("\nParameters:\n", "\n" + parameters, 1))


def packages():
    """Every package that goes into what is shipped, from the lists that the restore was held to, and those that a publish adds."""
    found = {}
    for project in ("AutoMirror.Lambda", "AutoMirror.Cli"):
        for path in (f"src/{project}/packages.lock.json", f"src/{project}/obj/publish.lock.json"):
            if not os.path.exists(path):
                continue
            for graph in json.loads(read(path))["dependencies"].values():
                for name, entry in graph.items():
                    if entry["type"] != "Project" and name not in ("MinVer", "Microsoft.CodeAnalysis.BannedApiAnalyzers"):
                        found[name, entry["resolved"]] = entry["contentHash"]
    return sorted(found)


def bill_of_materials():
    def component(name, number):
        return {
            "type": "library",
            "bom-ref": f"pkg:nuget/{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:nuget/{name}@{number}",
        }

    product = f"pkg:generic/automirror@{version}"
    carried = [("Microsoft.NETCore.App.Runtime", runtime), ("Microsoft.AspNetCore.App.Runtime", runtime)]
    components = [component(*each) for each in packages() + carried]
    write("automirror.cdx.json", json.dumps({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'automirror/' + build)}",
        "version": 1,
        "metadata": {
            "timestamp": made.isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application", "bom-ref": product, "name": "automirror", "version": version, "purl": product,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "properties": [{"name": "automirror:build", "value": build}],
            },
        },
        "components": components,
        "dependencies": [{"ref": product, "dependsOn": [each["bom-ref"] for each in components]}],
    }, indent=2) + "\n")


def notes():
    """The changelog's part about this version; of what has no tag, the part about what is not released."""
    changes = read(".github/CHANGELOG.md").decode()
    parts = {m.group(1): m.group(2).strip() for m in re.finditer(r"^## \[([^\]]+)\][^\n]*\n(.*?)(?=^## \[|\Z)", changes, re.M | re.S)}
    if "-" not in version and version not in parts:
        sys.exit(f"release.py: .github/CHANGELOG.md has no part about {version}")
    write("notes.md", parts.get(version, parts.get("Unreleased", "")) + "\n")


def checksums():
    names = sorted(name for name in os.listdir(folder) if name != "notes.md")
    lambda_packages = [f"automirror-{kind}.zip" for kind in ("x86_64", "arm64", "managed") if f"automirror-{kind}.zip" in names]
    digest = {name: hashlib.sha256(read(os.path.join(folder, name))).digest() for name in names}
    write("CodeSha256.txt", "".join(f"{base64.b64encode(digest[name]).decode()}  {name}\n" for name in lambda_packages))
    digest["CodeSha256.txt"] = hashlib.sha256(read(os.path.join(folder, "CodeSha256.txt"))).digest()
    write("SHA256SUMS", "".join(f"{digest[name].hex()}  {name}\n" for name in sorted(digest)))


tools()
tool_package()
terraform()
template()
bill_of_materials()
notes()
checksums()
print(f"{folder}: AutoMirror {build}")
for name in sorted(os.listdir(folder)):
    print(f"  {os.path.getsize(os.path.join(folder, name)) / 1e6:6.1f} MB  {name}")
