# Complétion de « protocole » pour fish. À mettre dans ~/.config/fish/config.fish : protocole completion fish | source
function __protocole_propositions
    set -l mots (commandline -opc)
    set -l dernier (commandline -ct)
    set -l programme (string replace -r '^~(?=/)' "$HOME" -- $mots[1])
    set -l propositions (_PROTOCOLE_COMPLETE=fish $programme $mots[2..-1] "$dernier" 2>/dev/null)
    if test "$propositions[1]" = / # un chemin : fish s’en charge
        __fish_complete_path "$dernier"
    else if set -q propositions[1]
        printf '%s\n' $propositions
    end
end
complete -c protocole -f -k -a '(__protocole_propositions)'
