#compdef davit
# zsh completion for davit; put it into a directory of $fpath as _davit
_davit() {
  local line directive value
  local -a found
  while IFS= read -r line; do
    if [[ $line == :* ]]; then
      directive=${line#:}
    else
      value=${line%%$'\t'*}
      found+=("${value//:/\\:}:${line#*$'\t'}")
    fi
  done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( ${#found} )) && _describe -V davit found
  case $directive in
    files) _files ;;
    directories) _files -/ ;;
  esac
}
if [[ $funcstack[1] == _davit ]]; then
  _davit "$@"
else
  compdef _davit davit
fi
