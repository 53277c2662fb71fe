# shellcheck shell=bash
# Hosts are network namespaces on one wire, and their names are those of no other run.

declare -A namespace=()
pids=()
prefix=sgd$$

# network_up HOST...: makes a namespace for each host, and a bridge in a namespace of its own that joins them.
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

# host_address HOST IPV4 IPV6: gives a host its addresses; all other addresses are on the same wire.
host_address() {
    ip -n "${namespace[$1]}" address add "$2/32" dev eth0
    ip -n "${namespace[$1]}" address add "$3/128" dev eth0 nodad
    ip -n "${namespace[$1]}" route add default dev eth0
    ip -n "${namespace[$1]}" -6 route add default dev eth0
}

# on HOST COMMAND...: runs the command in the host's network.
on() {
    local host=$1
    shift
    ip netns exec "${namespace[$host]}" "$@"
}

# in_background HOST LOG COMMAND...: runs the command in the host's network until the network goes down. It does not call
# "on": a function in the background is a shell of its own, and a kill would end that shell instead of the command.
in_background() {
    local host=$1 log=$2
    shift 2
    ip netns exec "${namespace[$host]}" "$@" >"$log" 2>&1 </dev/null &
    pids+=($!)
}

# await_line PATTERN FILE [PID]: waits until the file has such a line. When the process has ended, or after $startup seconds
# (30), it shows the file and fails.
await_line() {
    timeout "${startup:-30}" sh -c 'until grep -q -- "$1" "$2" 2>/dev/null; do
        [ -z "$3" ] || kill -0 "$3" 2>/dev/null || exit
        sleep 0.05
    done' await "$1" "$2" "${3:-}" && return
    cat "$2" >&2
    fail "waited in vain for '$1'"
}

# connect FROM ADDRESS PORT: tries to connect, and prints what happened within $patience seconds (1.5).
connect() {
    local status=0
    on "$1" timeout "${patience:-1.5}" bash -c "exec 3<>/dev/tcp/$2/$3" 2>/dev/null || status=$?
    case $status in
    0) echo "connected" ;;
    124) echo "timed out" ;;
    *) echo "failed" ;;
    esac
}

# hold FROM ADDRESS PORT: opens a connection that held_echo speaks through.
hold() {
    hold_with "$2" "$3" ip netns exec "${namespace[$1]}"
}

# hold_with ADDRESS PORT COMMAND...: does the same from the place where COMMAND runs what it is given.
hold_with() {
    mkfifo "$work/say" "$work/heard"
    # shellcheck disable=SC2016 # the inner shell expands it
    "${@:3}" bash -c \
        'exec 3<>"/dev/tcp/$1/$2"; cat <&3 >"$4" & cat "$3" >&3' hold "$1" "$2" "$work/say" "$work/heard" &
    pids+=($!)
    exec 8>"$work/say" 9<"$work/heard"
}

# held_echo TEXT: prints what comes back through the held connection.
held_echo() {
    local heard=""
    echo "$1" >&8
    read -r -t 3 heard <&9 || heard="nothing: the connection is dead"
    echo "$heard"
}

# network_down: ends what runs in the background, and removes the namespaces.
network_down() {
    local name pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    for name in "${namespace[@]}"; do
        ip netns pids "$name" 2>/dev/null | xargs -r kill 2>/dev/null || true
        ip netns delete "$name" 2>/dev/null || true
    done
}
