#compdef davit
# zsh completion for davit; put it into a directory of $fpath as _davit
_davit() {
  local line directive value
  local -a found open
  while IFS= read -r line; do
    if [[ $line == :* ]]; then
      directive=${line#:}
    else
      value=${line%%$'\t'*}
      # Something belongs behind "=" and ":", so no space does.
      if [[ $value == *[=:] ]]; then
        open+=("${value//:/\\:}:${line#*$'\t'}")
      else
        found+=("${value//:/\\:}:${line#*$'\t'}")
      fi
    fi
  done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( ${#found} )) && _describe -V davit found
  (( ${#open} )) && _describe -V davit open -S ''
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
