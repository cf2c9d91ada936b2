"""Holds the instance types that the VPC Traffic Mirroring guide lists against the data files in src/AutoMirror.Core/Facts.

    compare-guide.py [QUOTAS SOURCES]     pages that were saved; without them they are fetched

Ends with 1 where they differ, or where the guide no longer has the lists where they were: both are for a person to look at.
"""
import html
import json
import pathlib
import re
import sys
import urllib.request

GUIDE = "https://docs.aws.amazon.com/vpc/latest/mirroring/"
QUOTAS = GUIDE + "traffic-mirroring-quotas.html"
SOURCES = GUIDE + "traffic-mirroring-network-limitations.html"
FACTS = pathlib.Path(__file__).parent.parent / "src" / "AutoMirror.Core" / "Facts"
SIZE = re.compile(r"\b([a-z][a-z0-9-]*)\.((?:\d*x?large|metal(?:-\d+xl)?|nano|micro|small|medium))\b")
FAMILY = re.compile(r"\b(?:u\d?[a-z]*-[0-9]+tb\d*|mac\d(?:-[a-z0-9]+)?|[a-z]{1,4}\d[a-z0-9]*(?:-flex)?)\b")


def text(page):
    if page.startswith("https://"):
        with urllib.request.urlopen(page, timeout=30) as answer:
            source = answer.read().decode()
    else:
        source = pathlib.Path(page).read_text()
    return html.unescape(re.sub(r"<[^>]+>", " ", source))


def after(words, source, until):
    """What stands behind some words; None where the page has no such words."""
    start = re.search(words, source, re.IGNORECASE)
    if start is None:
        return None
    rest = source[start.end():]
    end = re.search(until, rest)
    return rest[:end.start()] if end else rest


def compare(what, listed, ours):
    if listed is None or len(listed) < 10:
        print(f"The guide has no list of {what} where it was: look at {QUOTAS} and {SOURCES}.")
        return False
    for missing in sorted(listed - ours):
        print(f"- {missing}: the guide lists it among {what}, the data file does not.")
    for gone in sorted(ours - listed):
        print(f"- {gone}: the data file has it among {what}, the guide does not list it.")
    return listed == ours


quotas, sources = sys.argv[1:] if len(sys.argv) == 3 else (QUOTAS, SOURCES)
capacity = json.loads((FACTS / "target-capacity.json").read_text())
support = json.loads((FACTS / "source-support.json").read_text())

hundred = after(r"support up to 100 sources per target", text(quotas), r"\n\s*\n\s*Throughput")
families = after(r"supported instance types", text(sources), r"\bbare metal\b|\bBare metal\b")
same = [
    compare("the targets with 100 sources", hundred and {".".join(each) for each in SIZE.findall(hundred)}, set(capacity["hundredSources"])),
    compare("the families that can be sources", families and set(FAMILY.findall(families.lower())), set(support["supported"])),
]
print("The lists are the same." if all(same) else "")
sys.exit(0 if all(same) else 1)
