#compdef protocole
# Complétion de « protocole » pour zsh. À mettre dans ~/.zshrc : eval "$(protocole completion zsh)"
_protocole() {
    local programme=${${(Q)words[1]}/#\~\//$HOME/}
    local -a propositions
    propositions=("${(@f)$(_PROTOCOLE_COMPLETE=zsh $programme "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    case $propositions[1] in
        '') return 1 ;;
        /) # un chemin : zsh s’en charge
            [[ $PREFIX == -*=* ]] && compset -P '*='
            _files ;;
        *) _describe -V protocole propositions -M 'm:{[:upper:]}={[:lower:]}' ;;
    esac
}
if [[ $funcstack[1] == _protocole ]]; then # fichier d’un dossier de $fpath
    _protocole "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _protocole protocole
fi
