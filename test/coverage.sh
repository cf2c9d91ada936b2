#!/usr/bin/env bash
# Which lines and branches of Core its own tests reach, as Markdown; artifacts/coverage has the details. Ends with 1 below 95 %.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf artifacts/coverage
dotnet test test/AutoMirror.Core.Tests --nologo --verbosity quiet --collect "XPlat Code Coverage" --results-directory artifacts/coverage \
  -- DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include="[AutoMirror.Core]*" \
  DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.ExcludeByFile="**/obj/**" >&2
mv artifacts/coverage/*/coverage.cobertura.xml artifacts/coverage/core.xml
python3 - <<'PYTHON'
import collections
import sys
import xml.etree.ElementTree

LEAST = 95.0

lines, branches, missed, partly = [0, 0], [0, 0], collections.defaultdict(set), collections.defaultdict(dict)
seen = {}
for file in xml.etree.ElementTree.parse("artifacts/coverage/core.xml").getroot().iter("class"):
    for line in file.find("lines"):
        seen.setdefault((file.get("filename").split("AutoMirror.Core/")[-1], int(line.get("number"))), []).append(line)
for (name, number), found in seen.items():
    hit = any(int(line.get("hits")) for line in found)
    lines[0] += hit
    lines[1] += 1
    if not hit:
        missed[name].add(number)
    for line in found:
        if line.get("branch") == "True":
            taken, of = map(int, line.get("condition-coverage").split("(")[1].rstrip(")").split("/"))
            branches[0] += taken
            branches[1] += of
            if hit and taken < of:
                partly[name][number] = of - taken


def share(pair):
    return 100 * pair[0] / pair[1]


def ranges(numbers):
    text, start, last = [], None, 0
    for number in [*sorted(numbers), None]:
        if start is not None and number != last + 1:
            text.append(f"{start}" if start == last else f"{start}–{last}")
            start = None
        if start is None:
            start = number
        last = number
    return ", ".join(text)


print(f"Core: {share(lines):.1f} % of {lines[1]:,} lines, {share(branches):.1f} % of {branches[1]:,} branches.\n")
print("| file | lines not reached | lines with a branch not taken |")
print("| --- | --- | --- |")
for name in sorted(set(missed) | set(partly)):
    print(f"| {name} | {ranges(missed[name])} | {ranges(partly[name])} |")
sys.exit(0 if share(lines) >= LEAST else 1)
PYTHON
