# bench-dataplane sources this file. It names the rows of the table and the goals that the figures are compared with.

row_titles() {
    cat <<'END'
connections connections/s, 64 in flight
p50 one connection at a time, p50 µs
p99 one connection at a time, p99 µs
accepted SYN flood, accepted/s
accepted_lost ... lost %
dropped SYN flood, dropped/s
dropped_lost ... lost %
dropped_cpu CPU µs a verdict
throughput established TCP, Gbit/s
door prompt connects in a denied flood %
door_p50 ... p50 µs
door_p99 ... p99 µs
memory resident MiB
collections garbage collections meanwhile
END
}

goals() {
    cat <<'END'
GOAL connections small C >= 1.0
GOAL accepted small C >= 1.0
GOAL accepted small quiet >= 0.95
GOAL dropped small C >= 1.0
GOAL dropped small quiet >= 0.95
GOAL p50 small C <= 1.2
GOAL p99 small C <= 1.5
GOAL p99 small quiet <= 1.2
GOAL connections shadow small >= 0.97
GOAL connections big small >= 0.95
GOAL accepted big small >= 0.95
GOAL dropped big small >= 0.95
GOAL throughput small none >= 0.97
GOAL throughput small nftables >= 0.97
GOAL memory small - <= 80
GOAL door small - >= 100
END
}

print_table() {
    { row_titles && goals; } | awk -v contenders="${contenders[*]}" -v rounds="$rounds" -f "$project/scripts/lib/dataplane/table.awk" - "$work/results"
}
