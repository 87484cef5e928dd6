#!/usr/bin/env bash
# Publishes samples/Echo and the same server written by hand with Native AOT, and compares the binaries.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish samples/Echo -c Release -o "$work/krait" --nologo -v quiet >&2
dotnet publish benchmarks/Echo.ByHand -c Release -o "$work/byhand" --nologo -v quiet >&2

krait=$(stat -c %s "$work/krait/Echo")
byhand=$(stat -c %s "$work/byhand/Echo.ByHand")
printf '| Native AOT binary | bytes | x by hand |\n| --- | ---: | ---: |\n'
printf '| by hand | %d | 1.00 |\n' "$byhand"
printf '| samples/Echo | %d | %s |\n' "$krait" "$(awk "BEGIN { printf \"%.2f\", $krait / $byhand }")"
