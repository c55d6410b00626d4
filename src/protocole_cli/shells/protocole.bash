# Complétion de « protocole » pour bash. À mettre dans ~/.bashrc : eval "$(protocole completion bash)"
_protocole() {
    local ligne programme=${COMP_WORDS[0]/#\~\//$HOME/}
    COMPREPLY=()
    while IFS= read -r ligne; do
        COMPREPLY+=("$ligne")
    done < <(_PROTOCOLE_COMPLETE=bash "$programme" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ ${COMPREPLY[0]-} == / ]]; then # un chemin : bash s’en charge
        COMPREPLY=()
        compopt -o default 2>/dev/null
    else
        compopt -o nosort 2>/dev/null
    fi
}
complete -F _protocole protocole
