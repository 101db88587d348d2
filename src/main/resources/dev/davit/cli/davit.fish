# fish completion for davit; put it into ~/.config/fish/completions/davit.fish
function __davit_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in ($words[1] __complete -- $words[2..-1] "$current" 2>/dev/null)
    switch $line
      case ':files'
        __fish_complete_path $current
      case ':directories'
        __fish_complete_directories $current
      case ':none'
      case '*'
        echo $line
    end
  end
end
complete -c davit -f -a '(__davit_complete)'
