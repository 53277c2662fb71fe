
_secgroupd() {
    local word words=() candidates current IFS=$'\n'
    # bash takes --output=json for three words.
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        [ "$word" = = ] || words+=("$word")
    done
    [ "${COMP_WORDS[COMP_CWORD]}" != = ] || words+=("")
    current=${words[${#words[@]} - 1]}
    candidates=$(__secgroupd_candidates "${words[@]}")
    if [ "$candidates" = :files ]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$current")
    fi
}
complete -F _secgroupd secgroupd
