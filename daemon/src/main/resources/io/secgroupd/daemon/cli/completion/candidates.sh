# Completion for secgroupd; printed by: secgroupd completion bash|zsh

# Prints what may stand at the last of the words, one candidate a line, or :files.
__secgroupd_candidates() {
    program=$1
    command=
    previous=
    rules=
    config=
    shift
    while [ $# -gt 1 ]; do
        case $previous in
        --rules) rules=$1 ;;
        --config) config=$1 ;;
        esac
        # zsh leaves an option and its value in one word.
        case $1 in
        --rules=*) rules=${1#*=} ;;
        --config=*) config=${1#*=} ;;
        esac
        case $command:$1 in
        @STEPS@)
            command=${command:+$command }$1
            ;;
        esac
        previous=$1
        shift
    done
    case $command:$previous in
@VALUES@
    *)
        case $command:$1 in
@WORDS@
        esac
        ;;
    esac
}

# Names out of the rules file that the command line means.
__secgroupd_names() {
    set -- complete "$1"
    [ -z "$rules" ] || set -- "$@" --rules "$rules"
    [ -z "$config" ] || set -- "$@" --config "$config"
    "$program" "$@" 2>/dev/null
}
