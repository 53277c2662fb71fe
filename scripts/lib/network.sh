# shellcheck shell=bash
# Hosts as network namespaces on one wire, with names that no other run has.

declare -A namespace=()
pids=()
prefix=sgd$$

# network_up HOST...: one namespace a host, joined by a bridge in a namespace of its own.
network_up() {
    local host index=0
    ip netns add "$prefix-wire"
    namespace[wire]=$prefix-wire
    ip -n "$prefix-wire" link add wire type bridge
    ip -n "$prefix-wire" link set wire up
    for host in "$@"; do
        index=$((index + 1))
        ip netns add "$prefix-$host"
        namespace[$host]=$prefix-$host
        ip -n "$prefix-$host" link set lo up
        ip -n "$prefix-$host" link add eth0 type veth peer name "port$index" netns "$prefix-wire"
        ip -n "$prefix-wire" link set "port$index" master wire up
        # Without duplicate address detection an IPv6 address can be used at once.
        ip netns exec "$prefix-$host" sysctl -qw net.ipv6.conf.eth0.accept_dad=0
        ip -n "$prefix-$host" link set eth0 up
    done
}

# host_address HOST IPV4 IPV6: its addresses; everybody else is on the same wire.
host_address() {
    ip -n "${namespace[$1]}" address add "$2/32" dev eth0
    ip -n "${namespace[$1]}" address add "$3/128" dev eth0 nodad
    ip -n "${namespace[$1]}" route add default dev eth0
    ip -n "${namespace[$1]}" -6 route add default dev eth0
}

# in_background HOST LOG COMMAND...: until the network goes down.
in_background() {
    local host=$1 log=$2
    shift 2
    ip netns exec "${namespace[$host]}" "$@" >"$log" 2>&1 </dev/null &
    pids+=($!)
}

# await_line PATTERN FILE [PID]: until the line is there; gives up when the process has ended, or after $startup seconds
# (30), and shows the file.
await_line() {
    timeout "${startup:-30}" sh -c 'until grep -q -- "$1" "$2" 2>/dev/null; do
        [ -z "$3" ] || kill -0 "$3" 2>/dev/null || exit
        sleep 0.05
    done' await "$1" "$2" "${3:-}" && return
    cat "$2" >&2
    fail "waited in vain for '$1'"
}

# connect FROM ADDRESS PORT: says what became of it within $patience seconds (1.5).
connect() {
    local status=0
    ip netns exec "${namespace[$1]}" timeout "${patience:-1.5}" bash -c "exec 3<>/dev/tcp/$2/$3" 2>/dev/null || status=$?
    case $status in
    0) echo "connected" ;;
    124) echo "timed out" ;;
    *) echo "failed" ;;
    esac
}

# hold FROM ADDRESS PORT: opens a connection that held_echo speaks through.
hold() {
    mkfifo "$work/say" "$work/heard"
    # shellcheck disable=SC2016 # the inner shell expands it
    ip netns exec "${namespace[$1]}" bash -c \
        'exec 3<>"/dev/tcp/$1/$2"; cat <&3 >"$4" & cat "$3" >&3' hold "$2" "$3" "$work/say" "$work/heard" &
    pids+=($!)
    exec 8>"$work/say" 9<"$work/heard"
}

# held_echo TEXT: what comes back through the held connection.
held_echo() {
    local heard=""
    echo "$1" >&8
    read -r -t 3 heard <&9 || heard="nothing: the connection is dead"
    echo "$heard"
}

network_down() {
    local name pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    for name in "${namespace[@]}"; do
        ip netns pids "$name" 2>/dev/null | xargs -r kill 2>/dev/null || true
        ip netns delete "$name" 2>/dev/null || true
    done
}
