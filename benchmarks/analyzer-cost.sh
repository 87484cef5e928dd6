#!/usr/bin/env bash
# Builds samples/Market a few times, each with a compiler of its own, and prints what Krait's analyzers and generator take of that: medians.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C DOTNET_CLI_UI_LANGUAGE=en

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build samples/Market --nologo -v quiet >&2

for ((round = 0; round < ${1:-3}; round++)); do
    dotnet build samples/Market --no-incremental --no-dependencies -p:ReportAnalyzer=true -p:UseSharedCompilation=false -v:detailed -clp:PerformanceSummary >"$work/log"
    # The table of analyzers comes first, then that of generators; both give seconds.
    awk '
        $3 == "Krait.Generators," { sub("<", "", $1); seconds[++tables] = $1 }
        $2 == "ms" && $3 == "Csc" { compiler = $1 / 1000 }
        /^Time Elapsed/ { split($3, part, ":"); build = part[1] * 3600 + part[2] * 60 + part[3] }
        END { print seconds[1], seconds[2], seconds[1] + seconds[2], compiler, build }' "$work/log" >>"$work/rounds"
done

median() {
    awk "{ print $1 }" "$work/rounds" | sort -n | awk '{ value[NR] = $1 } END { printf "%.2f", value[int((NR + 1) / 2)] }'
}

printf '| build of samples/Market | s | %% of the compiler | %% of the build |\n| --- | ---: | ---: | ---: |\n'
column=0
for what in "Krait's analyzers" "Krait's generator" both "the compiler" "the build"; do
    column=$((column + 1))
    printf '| %s | %s | %s | %s |\n' "$what" "$(median "\$$column")" "$(median "100 * \$$column / \$4")" "$(median "100 * \$$column / \$5")"
done
