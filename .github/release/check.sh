#!/usr/bin/env bash
# Fails unless errgen, built as a release builds it, says the version of the tag that is checked out. Given a binary of
# any platform, it looks at that one.
set -euo pipefail
tag=${GITHUB_REF_NAME:?the tag}
if [ $# -gt 0 ]; then
  version=$(go version -m "$1" | awk '$1 == "mod" { print $3 }')
  if [ "$version" != "$tag" ]; then
    echo "the tag is $tag, and $1 is of $version" >&2
    exit 1
  fi
  exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -trimpath -buildvcs=true -o "$work/" ./cmd/errgen
said=$("$work/errgen" version)
if [ "$said" != "errgen $tag" ]; then
  echo "the tag is $tag, and errgen says: $said" >&2
  exit 1
fi
