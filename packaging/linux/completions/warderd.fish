# Completes warderd's commands, options and settings in fish. The tables are those of the program's help.

function __warderd_place -d 'The words that the line has come to: warderd user add'
    set -l place warderd
    set -l option
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        if test -n "$option"
            set option
        else if string match -q -- '-*' $word
            contains -- $word @FISH_VALUES@; and set option $word
        else if test "$word" != help -o (count $place) -gt 1
            set -a place $word
        end
    end
    echo $place
end

function __warderd_at
    test "$argv" = (__warderd_place)
end

function __warderd_in
    string match -q -- "$argv *" (__warderd_place)" "
end

function __warderd_settings
@FISH_SETTINGS@
end

complete -c warderd -f
@FISH_LINES@
