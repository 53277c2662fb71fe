# bench-dataplane sources this file. Each measure takes a contender and writes its results.

# result ROW CONTENDER VALUE: notes a value of this round.
result() {
    echo "$round $1 $2 $3" >>"$work/results"
}

# value KEY TEXT: prints the number of KEY in a text of "KEY=VALUE ...".
value() {
    sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p" <<<"$2"
}

is_queued() {
    [ -n "${pid[$1]:-}" ]
}

connect_from_client() {
    on "$1-client" "$work/cps" $host_address $service "$2" "$seconds" $allowed_source 250
}

# flood CONTENDER FIRST_SOURCE SOURCES [RATE]: sends SYNs for $seconds, at RATE a second or as fast as it goes.
flood() {
    local mac
    mac=$(on "$1" cat /sys/class/net/eth0/address)
    on "$1-client" "$work/blast" eth0 "$mac" $host_address $sink "$2" "$3" "$seconds" ${4:-}
}

# queue_account CONTENDER: prints from the kernel's account of the queue how many packets were judged, and how many were
# dropped because the queue or its socket was full.
queue_account() {
    on "$1" awk '{ dropped = $6 + $7; print $8 - dropped - $3, dropped }' /proc/net/netfilter/nfnetlink_queue
}

received() {
    on "$1" cat /sys/class/net/eth0/statistics/rx_packets
}

# cpu_nanoseconds PID: prints how long all threads of a process have run. A thread may end while the threads are listed, as
# the JVM ends idle compiler threads.
cpu_nanoseconds() {
    { cat "/proc/$1"/task/*/schedstat 2>/dev/null || true; } | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

measure_connections() {
    result connections "$1" "$(value per_second "$(connect_from_client "$1" 64)")"
}

measure_latency() {
    local one
    one=$(connect_from_client "$1" 1)
    result p50 "$1" "$(value p50_us "$one")"
    result p99 "$1" "$(value p99_us "$one")"
}

# measure_flood CONTENDER ROW FIRST_SOURCE SOURCES: measures the verdicts a second, the losses and the cost of a verdict.
measure_flood() {
    [ "$1" != none ] || return 0
    is_queued "$1" || { measure_kernel_flood "$@" && return; }
    local judged dropped judged_after dropped_after before after sent
    read -r judged dropped < <(queue_account "$1")
    before=$(cpu_nanoseconds "${pid[$1]}")
    sent=$(value sent "$(flood "$1" "$3" "$4")")
    read -r judged_after dropped_after < <(queue_account "$1")
    after=$(cpu_nanoseconds "${pid[$1]}")
    local verdicts=$((judged_after - judged))
    result "$2" "$1" "$((verdicts / seconds))"
    result "$2_lost" "$1" "$(awk "BEGIN { print 100 * ($dropped_after - $dropped) / $sent }")"
    result "$2_cpu" "$1" "$(awk "BEGIN { print ($after - $before) / 1000 / $verdicts }")"
}

# measure_kernel_flood CONTENDER ROW FIRST_SOURCE SOURCES: counts what arrived. The kernel judges it within the sender's own
# system call, so all of it has been judged.
measure_kernel_flood() {
    local before
    before=$(received "$1")
    flood "$1" "$3" "$4" >/dev/null
    result "$2" "$1" "$((($(received "$1") - before) / seconds))"
}

measure_floods() {
    measure_flood "$1" accepted $allowed_source 250
    # C knows no rules: it is told to drop.
    [ "$1" != C ] || kill -USR2 "${pid[$1]}"
    measure_flood "$1" dropped $denied_source $denied_sources
    [ "$1" != C ] || kill -USR2 "${pid[$1]}"
}

# measure_door CONTENDER: lets an allowed client open one connection at a time while denied sources send a SYN flood.
measure_door() {
    [ "$1" != none ] || return 0
    local flooding outcome
    flood "$1" $denied_source $denied_sources $flood_rate >/dev/null &
    flooding=$!
    outcome=$(connect_from_client "$1" 1)
    wait $flooding
    result door "$1" "$(awk "BEGIN { print 100 * $(value prompt "$outcome") / $(value started "$outcome") }")"
    result door_p50 "$1" "$(value p50_us "$outcome")"
    result door_p99 "$1" "$(value p99_us "$outcome")"
}

measure_throughput() {
    local bits
    bits=$(on "$1-client" iperf3 --client $host_address --time "$seconds" --json |
        awk '/"sum_received"/ { found = 1 } found && /bits_per_second/ { gsub(/[^0-9.e+]/, "", $2); print $2; exit }')
    result throughput "$1" "$(awk "BEGIN { print $bits / 1e9 }")"
}

measure_process() {
    is_queued "$1" || return 0
    result memory "$1" "$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/${pid[$1]}/status")"
    [ ! -e "$work/gc-$1.log" ] || result collections "$1" "$(($(collections "$1") - collected[$1]))"
}

collections() {
    grep -c Pause "$work/gc-$1.log" || true
}

# in_turns MEASURE [TURNS]: measures each contender, so many times in a round (1), there and back: what is measured later meets a
# machine that has done more.
in_turns() {
    local turn index last=$((${#contenders[@]} - 1))
    for ((turn = ${round:-1}; turn < ${round:-1} + ${2:-1}; turn++)); do
        for ((index = 0; index <= last; index++)); do
            if ((turn % 2)); then "$1" "${contenders[index]}"; else "$1" "${contenders[last - index]}"; fi
        done
    done
}

warm_up() {
    local seconds=$warm_up
    connect_from_client "$1" 64 >/dev/null
    flood "$1" $allowed_source 250 >/dev/null
    flood "$1" $denied_source $denied_sources >/dev/null
    [ ! -e "$work/gc-$1.log" ] || collected[$1]=$(collections "$1")
}
