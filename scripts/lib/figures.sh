# shellcheck shell=bash
# Every bench prints its figures by this, so that scripts/bench all can gather them.

# figures_head: prints the head of a table of figures.
figures_head() { printf '%-64s %10s %10s  %-16s\n' "" goal measured range; }

# figure TITLE MEASURED RELATION GOAL [RANGE]: prints a figure beside its goal, and whether that holds. The relation is "<=" or ">=";
# "-" for a figure that only explains another.
figure() {
    local held=""
    [ "$3" = - ] || held=$(awk -v m="$2" -v g="$4" -v r="$3" 'BEGIN { print (r == "<=" ? m + 0 <= g + 0 : m + 0 >= g + 0) ? "held" : "missed" }')
    printf '%-64s %10s %10s  %-16s%s\n' "$1" "$([ "$3" = - ] || echo "$3 $4")" "$2" "${5:-}" "${held:+ $held}" | sed 's/ *$//'
}

# spread: reads numbers, and prints the middle one and, as a range, the least and the greatest: "MEDIAN LEAST-GREATEST".
spread() {
    sort -g | awk '{ value[NR] = $1 }
        END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2, value[1] "-" value[NR] }'
}
