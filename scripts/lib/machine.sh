# shellcheck shell=bash
# This file boots a virtual machine with Debian's kernel (qemu, in software: no hardware support is needed). The machine sees a
# directory of this one read-only below a RAM disk, and has no network interface. The file needs common.sh.

# need_machine NAME: checks for root and the programs, downloads the kernel's package, and unpacks it without installing it into
# KERNEL_CHECK_DIR (default: a temporary directory that is removed, with what is mounted there at "view" and "layer"). It sets
# $work to that directory and $release to the kernel.
need_machine() {
    [ "$(id -u)" -eq 0 ] || fail "needs root: the machine inside reads every file"
    [ "$(uname -m)" = x86_64 ] || fail "runs on x86_64 only"
    need qemu-system-x86_64=qemu-system-x86 busybox=busybox-static cpio=cpio modprobe=kmod perl=perl-base
    work=${KERNEL_CHECK_DIR:-}
    if [ -z "$work" ]; then
        work=$(mktemp -d "/var/tmp/secgroupd-$1.XXXXXX")
        trap 'umount --recursive --lazy "$work"/{view,layer} 2>/dev/null || true; rm -rf "$work"' EXIT
    fi
    trap 'exit 130' INT TERM
    mkdir -p "$work"
    [ -d "$work/kernel" ] || download_kernel
    release=$(ls "$work/kernel/lib/modules")
}

# download_kernel: unpacks the newest kernel package of this Debian release into $work/kernel.
download_kernel() {
    local package
    apt-get update -qq
    package=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
    [ -n "$package" ] || fail "apt knows no linux-image-amd64: is this Debian?"
    say "downloading $package"
    (cd "$work" && apt-get -q -o APT::Sandbox::User=root download "$package" >/dev/null && dpkg-deb -x "$package"*.deb kernel.part && rm -f ./*.deb)
    depmod -b "$work/kernel.part" "$(ls "$work/kernel.part/lib/modules")"
    mv "$work/kernel.part" "$work/kernel"
}

# add_module NAME: puts a module and what it depends on, in loading order, into the first RAM disk.
add_module() {
    local file
    for file in $(modprobe -d "$work/kernel" -S "$release" -D "$1" 2>/dev/null | awk '/insmod/ { print $2 }'); do
        grep -qx "$(basename "$file")" "$work/init/modules/order" 2>/dev/null && continue
        cp "$file" "$work/init/modules/"
        basename "$file" >>"$work/init/modules/order"
    done
}

# make_init COMMANDS: makes the first RAM disk. It mounts the files at /new, below a layer that takes all writes, and then runs
# COMMANDS, lines in which $b is busybox.
make_init() {
    local module
    rm -rf "$work/init"
    mkdir -p "$work"/init/{bin,modules,proc,sys,dev}
    cp "$(command -v busybox)" "$work/init/bin/busybox"
    for module in virtio_pci 9pnet_virtio 9p overlay; do add_module "$module"; done
    cat >"$work/init/init" <<INIT
#!/bin/busybox sh
b=/bin/busybox
\$b mount -t proc proc /proc; \$b mount -t sysfs sys /sys; \$b mount -t devtmpfs dev /dev
for m in \$(\$b cat /modules/order); do \$b insmod /modules/\$m; done
\$b mkdir -p /lower /ram /new
\$b mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144 files /lower
\$b mount -t tmpfs tmpfs /ram; \$b mkdir -p /ram/upper /ram/work
\$b mount -t overlay -o lowerdir=/lower,upperdir=/ram/upper,workdir=/ram/work overlay /new
\$b mount -t proc proc /new/proc; \$b mount -t sysfs sys /new/sys; \$b mount -t devtmpfs dev /new/dev
\$b mount -t tmpfs tmpfs /new/run; \$b mount -t tmpfs tmpfs /new/tmp
\$b mkdir -p /new/lib/modules; \$b ln -sfn $work/kernel/lib/modules/$release /new/lib/modules/$release
$1
INIT
    chmod +x "$work/init/init"
    (cd "$work/init" && find . | cpio -o -H newc 2>/dev/null | gzip -1 >"$work/initrd.gz")
}

# boot DIRECTORY: boots with the files in DIRECTORY, and prints the machine's console without carriage returns. The machine has
# one processor: qemu's processors in software do not see the code that a JVM changes while another of its threads runs it, so
# with two of them some daemons end with SIGSEGV.
boot() {
    timeout "${KERNEL_CHECK_SECONDS:-1800}" qemu-system-x86_64 -accel tcg,thread=single -cpu max \
        -m "${KERNEL_CHECK_MEMORY:-3072}" -smp 1 -nographic -no-reboot -nic none \
        -kernel "$work/kernel/boot/vmlinuz-$release" -initrd "$work/initrd.gz" -append "console=ttyS0 panic=-1 quiet" \
        -virtfs "local,path=$1,mount_tag=files,security_model=none,readonly=on,multidevs=remap" </dev/null | sed -u 's/\r//g'
}

# run_checks NAME DIRECTORY: boots and shows the lines of the checks, until one says "NAME exit STATUS".
run_checks() {
    say "booting Linux $release"
    boot "$2" | tee "$work/console" | grep --line-buffered -E "^(  [A-Za-z]|[1-9]\\. |$1)" || true
    grep -q "^$1 exit 0\$" "$work/console" || {
        tail -40 "$work/console" >&2
        fail "not everything holds on Linux $release"
    }
}
