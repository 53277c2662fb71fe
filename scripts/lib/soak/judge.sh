# shellcheck shell=bash
# scripts/soak sources this file. It judges what was noted, and adds up what was counted.

failures=0

# judged TITLE MEASURED RELATION GOAL: prints a figure, and remembers one that is missed.
judged() {
    local line
    line=$(figure "$@")
    say "$line"
    [[ $line == *" held" ]] || failures=$((failures + 1))
}

# grown COLUMN: prints by how much the least of a column in the last fifth of the notes is above that in the third fifth: until then
# the heap takes its size. Whatever leaks raises the least as well; what is given back, such as the files of a compression, does not.
grown() {
    awk -v column="$1" '{ value[NR] = $column }
        function least(from, to,   i, found) {
            found = value[from]
            for (i = from; i <= to; i++) if (value[i] < found) found = value[i]
            return found
        }
        END { fifth = NR < 5 ? 1 : int(NR / 5); print least(NR - fifth + 1, NR) - least(2 * fifth + 1, 3 * fifth) }' "$work/notes"
}

metrics() {
    curl -s --unix-socket "$work/admin.sock" http://localhost/metrics
}

# total NAME: prints the sum of a metric over all its labels.
total() {
    metrics | awk -v name="$1" 'index($1, name) == 1 { sum += $2 } END { printf "%.0f\n", sum }'
}

# accounted: prints how many SYNs have a verdict, were refused by the kernel, or found the queue full.
accounted() {
    local dropped
    read -r _ dropped < <(queue_account host)
    echo $(($(total secgroupd_decisions_total) + $(total secgroupd_refused_by_kernel_total) + dropped))
}

# await_sum: the kernel's refusals are read now and then, so the sum is right a while after the last packet.
await_sum() {
    local end=$((SECONDS + 60))
    until [ "$(accounted)" -eq "$(syns)" ] || [ "$SECONDS" -ge "$end" ]; do sleep 1; done
}

# logged: prints the packets of all lines of the flow log, and of those that it says it lacks.
logged() {
    gzip -cdf "$work"/flows*.log* | awk '
        match($0, /"packets":[0-9]+/) { sum += substr($0, RSTART + 10, RLENGTH - 10) }
        match($0, /"skipdata":true,"lost":[0-9]+/) { lost += substr($0, RSTART + 23, RLENGTH - 23) }
        END { printf "%.0f %.0f\n", sum, lost }'
}

judge_soak() {
    local arrived judged refused written lost
    await_sum
    arrived=$(syns) judged=$(total secgroupd_decisions_total) refused=$(total secgroupd_refused_by_kernel_total)
    say "$(wc -l <"$work/notes") notes; $arrived SYNs = $judged decisions + $refused refused by the kernel + $((arrived - judged - refused))" \
        "dropped; $(grep -c policy.reloaded "$work/host.log") policies, $(grep -c policy.expired "$work/host.log") ends of rules"
    figures_head
    judged "MiB resident, more at the end" "$(grown 2)" "<=" 3
    judged "descriptors, more at the end" "$(grown 3)" "<=" 1
    judged "threads, more at the end" "$(grown 4)" "<=" 1
    judged "notes at which the connection that stays did not answer" "$(awk '$5 != "yes"' "$work/notes" | wc -l)" "<=" 0
    judged "SYNs without an account" "$((arrived - $(accounted)))" "<=" 0
    judged "SYNs with more than one" "$(($(accounted) - arrived))" "<=" 0
    kill "$daemon"
    wait "$daemon" || fail "the daemon did not end well: $(tail -5 "$work/host.log")"
    read -r written lost < <(logged)
    say "the flow log has $written packets and lacks $lost"
    judged "packets of which the flow log says nothing" "$((judged + refused - written - lost))" "<=" 0
    judged "packets of which it says too much" "$((written + lost - judged - refused))" "<=" 0
    judged "errors in the daemon's log" "$(awk '/ ERROR / && !/policy.(refused|problem)/' "$work/host.log" | wc -l)" "<=" 0
    [ "$failures" -eq 0 ]
}
