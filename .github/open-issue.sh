#!/usr/bin/env bash
# Opens an issue in this repository, or comments on the one of the same title that is still open.
#
#   .github/open-issue.sh TITLE FILE     needs gh, GH_TOKEN and GITHUB_REPOSITORY
set -euo pipefail
title=$1
body=$2
run="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
{
  echo
  echo "Found by $run"
} >>"$body"
number=$(gh issue list --repo "$GITHUB_REPOSITORY" --state open --search "in:title \"$title\"" --json number,title \
  --jq "[.[] | select(.title == \"$title\")][0].number // empty")
if [ -n "$number" ]; then
  gh issue comment "$number" --repo "$GITHUB_REPOSITORY" --body-file "$body"
else
  gh issue create --repo "$GITHUB_REPOSITORY" --title "$title" --body-file "$body"
fi
