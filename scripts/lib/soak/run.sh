# shellcheck shell=bash
# scripts/soak sources this file. It makes the host, the traffic and the edits, and notes every ten seconds what the daemon takes.

floods=()

# rules NUMBER: prints the rules of an edit, which differ in the port of a rule that no packet meets and in the end of another.
rules() {
    cat <<END
version: 1
security_groups:
  sg-soak:
    inbound:
      - { protocol: tcp, ports: $service, source: $allowed }
      - { protocol: tcp, ports: $sink, source: $allowed }
      - { protocol: tcp, ports: $echo, source: $allowed }
      - { protocol: tcp, ports: $((20000 + $1 % 40000)), source: 172.20.0.0/24 }
      - { protocol: tcp, ports: 19999, source: 172.20.1.0/24, expires: "$(date --utc --date '2 seconds' +%FT%TZ)" }
instances:
  host: { addresses: [$host_address], security_groups: [sg-soak] }
END
}

# edit NUMBER: takes the file's place at once, as an editor does. Each seventh is no policy.
edit() {
    if [ $(($1 % 7)) -eq 0 ]; then echo "version: [" >"$work/next.yaml"; else rules "$1" >"$work/next.yaml"; fi
    mv "$work/next.yaml" "$work/rules.yaml"
}

# count_syns: counts each SYN that reaches the host before anything else sees it.
count_syns() {
    on host nft -f - <<'END'
table netdev soak {
    chain in {
        type filter hook ingress device eth0 priority -500;
        tcp flags & (fin|syn|rst|ack) == syn counter
    }
}
END
}

syns() {
    on host nft list table netdev soak | sed -n 's/.*counter packets \([0-9]*\).*/\1/p'
}

set_up_soak() {
    build_load
    javac -d "$work" "$project/scripts/lib/EchoServer.java"
    make_host host
    on host sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1
    end_flood host
    count_syns
    in_background host "$work/echo.log" java -Xshare:auto -Xmx16m -XX:TieredStopAtLevel=1 -cp "$work" EchoServer $echo
    await_line listening "$work/echo.log"
    rules 1 >"$work/rules.yaml"
    cat >"$work/daemon-host.yaml" <<END
hooks: { output: false }
queue: { first: $queue, count: 1 }
flow_log: { path: $work/flows.log, rotate: 64MiB, keep: 1000 }
admin: { socket: $work/admin.sock }
END
    start_daemon_of host "$work/rules.yaml"
    daemon=${pid[host]}
    hold host-client $host_address $echo
}

# traffic SECONDS: starts what comes in all the time.
traffic() {
    local seconds=$1
    flood host $allowed_source 250 300 >"$work/accepted" &
    floods+=($!)
    flood host $denied_source $denied_sources 1000 >"$work/refused" &
    floods+=($!)
    flood host $forged_source $forged_sources 300 >"$work/forged" &
    floods+=($!)
}

# note: prints the time, MiB resident, descriptors, threads, and whether the connection that stays still answers.
note() {
    local resident descriptors threads answers=yes
    resident=$(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$daemon/status") || fail "the daemon has ended: $(tail -5 "$work/host.log")"
    descriptors=$(ls "/proc/$daemon/fd" | wc -l)
    threads=$(awk '/^Threads/ { print $2 }' "/proc/$daemon/status")
    [ "$(held_echo "$SECONDS")" = "$SECONDS" ] || answers=no
    echo "$SECONDS $resident $descriptors $threads $answers"
}

# soak SECONDS: lets all of it run.
soak() {
    local end=$((SECONDS + $1)) number=1
    traffic "$1"
    while [ "$SECONDS" -lt "$end" ]; do
        on host-client "$work/cps" $host_address $service 1 1 $allowed_source 250 >/dev/null
        note >>"$work/notes"
        for _ in 1 2 3; do
            number=$((number + 1))
            edit $number
            sleep 3
        done
        [ $((number % 60)) -ne 1 ] || say "$((SECONDS / 60)) minutes: $(tail -1 "$work/notes")"
    done
    wait "${floods[@]}"
}
