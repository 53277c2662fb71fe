# shellcheck shell=bash
# A fleet as network namespaces: etcd, control servers, and hosts, each with the daemon and `pull`. It needs the file network.sh.
# The script that sources it says in $ipv4 which address each namespace has, and in $servers, $hosts and $serving which of them are
# control servers, hosts, and hosts with services; the first policy is initial/rules.yaml in the directory $work.

secgroupd=$dist/bin/secgroupd
startup=60 # Many programs start at once.

# fleet_tools: sees to it that everything is there.
fleet_tools() {
    [ "$(id -u)" -eq 0 ] || fail "needs root: it makes network namespaces"
    need_network_tools
    need openssl=openssl awk=mawk
    need_etcd
    need_dist
}

make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=control -keyout "$work/tls.key" \
        -out "$work/tls.crt" -addext "subjectAltName=IP:${ipv4[control-1]},IP:${ipv4[control-2]}" 2>/dev/null
    openssl genpkey -algorithm ed25519 -out "$work/sign.pem"
    chmod 600 "$work/sign.pem" "$work/tls.key"
}

start_etcd() {
    local url=http://${ipv4[control-1]}:2379
    in_background control-1 "$work/etcd.log" etcd --data-dir "$work/etcd" --listen-client-urls "$url" --advertise-client-urls "$url" \
        --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
        --initial-cluster default=http://127.0.0.1:2380
    await_line 'ready to serve client requests' "$work/etcd.log"
}

control_settings() {
    cat >"$work/$1.yaml" <<END
listen: ${ipv4[$1]}:9471
tls: { certificate: tls.crt, key: tls.key }
store: { etcd: { endpoints: ["http://${ipv4[control-1]}:2379"], initial: initial/rules.yaml } }
keys: keys.yaml
sign_with: sign.pem
rollout: { steps: "1%,100%", hold: 3s }
END
}

start_control_server() {
    STATE_DIRECTORY=$work/state-$1 in_background "$1" "$work/$1.log" "$secgroupd" serve --control "$work/$1.yaml" \
        --config "$work/none.yaml"
}

# fleet COMMAND...: the operator's command, where the first control server runs.
fleet() {
    say "  \$ secgroupd fleet $*"
    quiet_fleet "$@" | sed 's/^/  /'
}

quiet_fleet() {
    on control-1 env SUDO_USER=ann "$secgroupd" fleet "$1" --control "$work/control-1.yaml" "${@:2}"
}

start_host() {
    mkdir "$work/$1"
    cp "$work/initial/rules.yaml" "$work/$1/rules.yaml"
    cat >"$work/$1/daemon.yaml" <<END
rules: $work/$1/rules.yaml
flow_log: { path: $work/$1/flows.log, aggregate: 0s }
admin: { socket: $work/$1/admin.sock }
control: { socket: $work/$1/control.sock, group: root }
pull: { socket: $work/$1/pull.sock, group: root }
END
    (umask 077 && awk -v host="$1" '$1 == host { print $2 }' "$work/tokens" >"$work/$1/token")
    cat >"$work/$1/pull.yaml" <<END
servers: ["https://${ipv4[control-1]}:9471", "https://${ipv4[control-2]}:9471"]
host: $1
token_file: token
trust: [$(openssl pkey -in "$work/sign.pem" -pubout | sed '/---/d')]
ca: $work/tls.crt
rules: rules.yaml
socket: pull.sock
END
    STATE_DIRECTORY=$work/$1/state in_background "$1" "$work/$1/daemon.log" env ${daemon_heap:+"SECGROUPD_HEAP=$daemon_heap"} \
        "$secgroupd" run --config "$work/$1/daemon.yaml"
    daemon_pid[$1]=${pids[-1]}
    start_pull "$1"
}

# start_pull HOST: what comes of its revisions is told in pull.log.
start_pull() {
    STATE_DIRECTORY=$work/$1/state-pull in_background "$1" "$work/$1/pull.log" "$secgroupd" pull --config "$work/$1/pull.yaml"
    pull_pid[$1]=${pids[-1]}
}
declare -A daemon_pid=() pull_pid=()

# await_fleet PATTERN SECONDS: waits until `fleet status` says so.
await_fleet() {
    local until=$((SECONDS + $2))
    until quiet_fleet status | tee "$work/status" | grep -qE "$1"; do
        [ $SECONDS -lt $until ] || { cat "$work/status" >&2; fail "waited in vain for '$1'"; }
        sleep 0.3
    done
}

# start_services: what connections are made to.
start_services() {
    local host
    for host in "${serving[@]}"; do
        in_background "$host" "$work/service-$host.log" java "$project/scripts/lib/EchoServer.java" 22 443 3306
    done
    for host in "${serving[@]}"; do await_line listening "$work/service-$host.log"; done
}

# fleet_settings: the certificate, the key that signs, and the settings of the control servers.
fleet_settings() {
    local server
    touch "$work/none.yaml"
    make_certificate
    for server in "${servers[@]}"; do control_settings "$server"; done
}

# fleet_up OTHER...: makes the namespaces, those of OTHER too, and starts all programs; at its end each host has the first policy.
fleet_up() {
    local name
    network_up "$@" "${servers[@]}" "${hosts[@]}"
    for name in "${!ipv4[@]}"; do host_address "$name" "${ipv4[$name]}" "2001:db8::${ipv4[$name]##*.}:${#name}"; done
    start_etcd
    for name in "${servers[@]}"; do start_control_server "$name"; done
    for name in "${servers[@]}"; do await_line serve.ready "$work/$name.log"; done
    start_services
    (umask 077 && quiet_fleet enrol "${hosts[@]}" >"$work/tokens")
    for name in "${hosts[@]}"; do start_host "$name"; done
    await_fleet ' is everywhere .*' 60
    await_fleet "^${#hosts[@]} hosts, ${#hosts[@]} connected, 0 behind" 60
}
