# bash completion for davit; load it with: source <(davit completion bash)
_davit() {
  # Bash splits words at "=" and ":"; put them together again.
  local -a words=()
  local i word glued=
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && ($glued || $word == [=:]*) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    if [[ $word == *[=:] ]]; then glued=1; else glued=; fi
  done
  local current=${words[-1]} line value directive=
  local -a found=()
  while IFS= read -r line; do
    case $line in
      :*) directive=${line#:} ;;
      *) found+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]}" __complete -- "${words[@]}" 2>/dev/null)
  # What stands before the last "=" or ":" is a word of its own for bash.
  local before=
  [[ $current == *[=:]* ]] && before=${current%"${current##*[=:]}"}
  COMPREPLY=()
  for value in "${found[@]}"; do
    [[ $value == "$current"* ]] && COMPREPLY+=("$(printf '%q' "${value#"$before"}")")
  done
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:] ]] && compopt -o nospace 2>/dev/null
  case $directive in
    files)
      compopt -o filenames 2>/dev/null
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "${current#"$before"}")
      ;;
    directories)
      compopt -o filenames 2>/dev/null
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "${current#"$before"}")
      ;;
  esac
  return 0
}
complete -F _davit davit
