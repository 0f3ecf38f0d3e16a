# Completes warderd's commands, options and settings in bash. The tables are those of the program's help.

_warderd()
{
    local -A next=(
@BASH_WORDS@
    )
    local -A options=(
@BASH_OPTIONS@
    )
    local -A values=(
@BASH_VALUES@
    )
    local settings='@BASH_SETTINGS@'

    # Not COMP_WORDS: bash cuts words at "=" and ":".
    local -a words place=(warderd)
    local word current='' option='' IFS=$' \t\n'
    read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
    if [[ ${COMP_LINE:0:COMP_POINT} != *[[:space:]] ]]; then
        current=${words[-1]}
        unset 'words[-1]'
    fi
    for word in "${words[@]:1}"; do
        if [[ -n $option ]]; then option=
        elif [[ $word == -* ]]; then option=${values[$word]:+$word}
        elif [[ $word != help || ${#place[@]} -gt 1 ]]; then place+=("$word"); fi
    done
    if [[ $current == --*=* ]]; then option=${current%%=*} current=${current#*=}; fi

    local wanted=${values[${option:-${place[*]:0:3}}]-}
    if [[ -z $option && $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "${options[${place[*]:0:3}]-${options[warderd]}}" -- "$current")
        return
    fi
    case $wanted in
        directory | DIR) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        FILE | PATH) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
        STATE) mapfile -t COMPREPLY < <(compgen -W 'queued sending sent dropped failed open seen done' -- "$current") ;;
        PURPOSE) mapfile -t COMPREPLY < <(compgen -W 'access refresh csrf' -- "$current") ;;
        KEY) mapfile -t COMPREPLY < <(compgen -W 'address network account address+account session' -- "$current") ;;
        ACTION) mapfile -t COMPREPLY < <(compgen -W 'deny delay alert' -- "$current") ;;
        SOURCE) mapfile -t COMPREPLY < <(compgen -W 'file keychain' -- "$current") ;;
        key=value) compopt -o nospace; mapfile -t COMPREPLY < <(compgen -S = -W "$settings" -- "$current") ;;
        '') [[ -n $option ]] || mapfile -t COMPREPLY < <(compgen -W "${next[${place[*]}]-}" -- "$current") ;;
    esac
}
complete -F _warderd warderd
