#!/usr/bin/env bash
# Fuzzes by coverage: fuzz/afl.sh [minutes] [frames|session]. Needs afl-fuzz (Debian: afl++).
# Fails if something was found; the files then lie in artifacts/afl/findings, and `dotnet artifacts/afl/target/Krait.Afl.dll --replay FILE` shows what is wrong.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

minutes=${1:-5}
target=${2:-frames}
work=artifacts/afl
rm -rf "$work/target" "$work/corpus" "$work/findings"
mkdir -p "$work/corpus"
dotnet publish fuzz/Krait.Afl -c Release -o "$work/target"
[[ -x $work/tools/sharpfuzz ]] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$work/tools"
"$work/tools/sharpfuzz" "$work/target/Krait.Runtime.dll"
dotnet "$work/target/Krait.Afl.dll" --corpus "$work/corpus"

# An input of 0.1 s is slow; one of 10 s hangs. SharpFuzz reports exceptions of a managed program to afl-fuzz, so you need no core dumps.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1
afl-fuzz -i "$work/corpus" -o "$work/findings" -V $((minutes * 60)) -t 10000 -m none -- dotnet "$work/target/Krait.Afl.dll" "$target" >"$work/afl.log" || { tail -20 "$work/afl.log"; exit 1; }

stats=$work/findings/default/fuzzer_stats
grep -E '^(run_time|execs_done|execs_per_sec|corpus_count|edges_found|saved_crashes|saved_hangs|stability) ' "$stats"
! grep -qE '^saved_(crashes|hangs) +: [1-9]' "$stats"
