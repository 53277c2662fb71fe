
_secgroupd() {
    local current=$words[CURRENT] candidates
    local -a before=("${(@)words[1,CURRENT-1]}")
    if [[ $current == --*=* ]]; then
        before+=("${current%%=*}")
        current=${current#*=}
        compset -P '*='
    fi
    candidates=$(__secgroupd_candidates "${before[@]}" "$current")
    if [[ $candidates == :files ]]; then
        _files
    else
        compadd -- ${(f)candidates}
    fi
}

# Read from a directory of functions, this file is the function; read by source, it only makes it known.
if [[ ${funcstack[1]} == _secgroupd ]]; then
    _secgroupd "$@"
else
    compdef _secgroupd secgroupd
fi
