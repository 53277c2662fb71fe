# shellcheck shell=bash
# How the checks inside a virtual machine report. Needs common.sh.

failures=0

# expect WHAT WANTED FOUND
expect() {
    if [ "$2" = "$3" ]; then
        say "  holds  $1: $3"
    else
        say "  FAILS  $1: wanted $2, found $3"
        failures=$((failures + 1))
    fi
}
