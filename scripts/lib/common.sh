# shellcheck shell=bash
# Every script here sources this file: it says where the project is, prints messages, and installs the Debian packages they need.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dist=$project/daemon/target/dist

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# need PROGRAM=PACKAGE ...: installs the Debian packages of the programs that are missing.
need() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || [ -e "${pair%%=*}" ] || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" -eq 0 ] || fail "please install: ${missing[*]} (as root this script does it)"
    command -v apt-get >/dev/null || fail "please install: ${missing[*]}"
    say "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

need_network_tools() {
    need ip=iproute2 iptables=iptables nft=nftables conntrack=conntrack curl=curl
    # A library has no command to look for.
    ldconfig -p | grep -q 'libpcap\.so' || need libpcap.so=libpcap0.8
}

# Tests start members of etcd themselves. The package starts one as a service too, unless its unit is masked while it is
# installed.
need_etcd() {
    [ -e /usr/bin/etcd ] && return
    local mask=/run/systemd/system/etcd.service
    mkdir -p "$(dirname "$mask")"
    ln -sf /dev/null "$mask"
    need etcd=etcd-server
    rm -f "$mask"
}

# need_dist: builds the program when it is missing or older than a source.
need_dist() {
    need mvn=maven javac=openjdk-17-jdk-headless
    if [ ! -x "$dist/bin/secgroupd" ] ||
        [ -n "$(find "$project"/{rules,controlplane,daemon}/src "$project"/pom.xml -newer "$dist/bin/secgroupd" -type f -print -quit)" ]; then
        say "building the program (mvn package without tests)"
        (cd "$project" && mvn -B -q -DskipTests package) || fail "the build failed"
        touch "$dist/bin/secgroupd"
    fi
}

# test_classpath DIRECTORY: compiles the tests of all modules, and sets $classpath to theirs. DIRECTORY keeps a file.
test_classpath() {
    local module
    mvn -q -B --no-transfer-progress -DskipTests -Dspotless.check.skip test-compile dependency:build-classpath \
        -Dmdep.outputFile="$1/classpath"
    classpath=$(cat "$1/classpath")
    for module in daemon controlplane rules; do
        classpath=$project/$module/target/test-classes:$project/$module/target/classes:$classpath
    done
}
