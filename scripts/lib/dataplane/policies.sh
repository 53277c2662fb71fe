# bench-dataplane sources this file. It writes the same 20 rules for nftables and for secgroupd, and the policy of 10,000.

# rule_lines FORMAT FIRST COUNT: prints rules that no measured packet meets.
rule_lines() {
    awk -v format="$1" -v first="$2" -v count="$3" 'BEGIN {
        for (i = first; i < first + count; i++) printf format "\n", 10000 + i % 40000, i / 250 % 250, i % 250 }'
}

nftables_rules() {
    cat <<END
table inet firewall {
    chain input {
        type filter hook input priority mangle; policy drop;
        iif lo accept
        ct state established accept
        ct state invalid drop
        tcp dport { $service, $sink, $throughput } ip saddr $allowed accept
$(rule_lines '        tcp dport %d ip saddr 172.20.%d.%d accept' 0 17)
    }
}
END
}

# policy GROUPS RULES_EACH SOURCE: prints a policy that lets SOURCE reach the measured services, with other rules beside.
policy() {
    local group first groups=$1 each=$2 source=$3
    printf 'version: 1\nlimits: { rules_per_security_group: 1000, security_groups_per_instance: 16 }\n'
    [ "$groups" -eq 1 ] || printf 'prefix_lists: { pl-bench: { file: prefixes.txt } }\n'
    printf 'security_groups:\n'
    for ((group = 0; group < groups; group++)); do
        first=0
        printf '  sg-%d:\n    inbound:\n' "$group"
        if [ "$group" -eq $((groups - 1)) ]; then
            first=3
            printf "      - { protocol: tcp, ports: %d, source: $source }\n" $service $sink $throughput
        fi
        rule_lines '      - { protocol: tcp, ports: %d, source: 172.20.%d.%d }' $((group * each)) $((each - first))
    done
    printf 'instances:\n  host: { addresses: [%s], security_groups: [%s] }\n' $host_address \
        "$(seq -s ', ' -f 'sg-%.0f' 0 $((groups - 1)))"
}

# prefix_list: prints a million prefixes that cannot be merged, and the prefix of the clients.
prefix_list() {
    echo "$allowed"
    awk 'BEGIN { for (i = 0; i < 999999; i++) printf "%d.%d.%d.0/24\n", 16 + i / 32768, i / 128 % 256, i % 128 * 2 }'
}

make_policies() {
    mkdir "$work/rules"
    policy 1 20 $allowed >"$work/rules/small.yaml"
    prefix_list >"$work/rules/prefixes.txt"
    policy 10 1000 pl-bench >"$work/rules/big.yaml"
    policy 1 20 172.20.0.0/24 >"$work/rules/refuses.yaml"
}

settings() {
    local accept=true
    [ "$1" != quiet ] || accept=false
    cat <<END
hooks: { output: false }
queue: { first: $queue, count: 1 }
flow_log: { path: $work/flows-$1.log, accept: $accept, reject: $accept, keep: 1 }
admin: { socket: $work/admin-$1.sock }
cache: ${cache:-off}
END
}
