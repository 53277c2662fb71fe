# bench-dataplane sources this file. It makes the contenders: each is a host with a client, and something stands between them.

build_load() {
    local program
    for program in cps srv blast; do gcc -O2 -o "$work/$program" "$project/scripts/lib/load/$program.c"; done
    gcc -O2 -o "$work/nfq_accept_all" "$project/scripts/lib/load/nfq_accept_all.c" -lnetfilter_queue
}

# make_host CONTENDER: makes a host, and its client with many addresses, on one cable.
make_host() {
    local host=$prefix-$1 client=$prefix-$1-client
    namespace[$1]=$host
    namespace[$1-client]=$client
    ip netns add "$host"
    ip netns add "$client"
    ip -n "$host" link add eth0 type veth peer name eth0 netns "$client"
    ip -n "$host" address add "$host_address/16" dev eth0
    ip -n "$client" address add 10.77.0.1/16 dev eth0
    local end
    for end in "$host" "$client"; do
        ip -n "$end" link set lo up
        ip -n "$end" link set eth0 up
        ip netns exec "$end" sysctl -qw net.core.somaxconn=4096
    done
    ip -n "$client" route add local "${allowed_source%.*}.0/24" dev lo
    # The route leads over one neighbour, because all namespaces share the kernel's table of neighbours, and it is small.
    ip -n "$host" route add "${allowed_source%.*}.0/24" via 10.77.0.1
    ip netns exec "$client" sysctl -qw net.ipv4.ip_nonlocal_bind=1 net.ipv4.ip_local_port_range="1024 65535"
    ip netns exec "$host" sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.tcp_max_syn_backlog=16384
    in_background "$1" "$work/srv-$1.log" "$work/srv" $service
}

# end_flood HOST: drops the accepted SYNs of a flood behind the judgement. Otherwise the table of connections would be full
# within a second, and the kernel's answers would be measured instead. Closed connections are forgotten soon for the same
# reason. Every host pays for this, so no ratio shows it.
end_flood() {
    on "$1" nft add table inet bench
    on "$1" nft add chain inet bench input '{ type filter hook input priority filter; }'
    on "$1" nft add rule inet bench input tcp dport $sink drop
    on "$1" sysctl -qw net.netfilter.nf_conntrack_tcp_timeout_close=1
}

# set_up_contender CONTENDER: makes its host, and starts what stands between the host and the network.
set_up_contender() {
    make_host "$1"
    in_background "$1" "$work/iperf3-$1.log" iperf3 --server
    settings "$1" >"$work/daemon-$1.yaml"
    case $1 in
    none) ;;
    nftables) on "$1" nft -f - <<<"$(nftables_rules)" ;;
    C)
        in_background "$1" "$work/$1.log" "$work/nfq_accept_all" $queue
        pid[$1]=$!
        on "$1" "$dist/bin/secgroupd" hooks install --config "$work/daemon-$1.yaml" >/dev/null
        ;;
    *) start_daemon_of "$1" "$work/rules/$([ "$1" = big ] && echo big || echo small).yaml" ;;
    esac
    end_flood "$1"
}

# start_daemon_of CONTENDER RULES: starts the daemon with these rules on the host of a contender.
start_daemon_of() {
    local java_options="${SECGROUPD_JAVA_OPTS:-} -Xlog:gc:file=$work/gc-$1.log"
    STATE_DIRECTORY=$work/state-$1 SECGROUPD_JAVA_OPTS=$java_options in_background "$1" "$work/$1.log" \
        "$dist/bin/secgroupd" run --rules "$2" --config "$work/daemon-$1.yaml"
    pid[$1]=$!
    await_line daemon.ready "$work/$1.log"
    [ "$1" != shadow ] ||
        on "$1" "$dist/bin/secgroupd" shadow "$work/rules/refuses.yaml" --config "$work/daemon-$1.yaml" >/dev/null
}
