# bash completion of a velocal program, made of its --help --json.

# The labels of the scans in the descriptor on the command line, and in those that it extends.
_velocal_labels() {
  local file next depth
  for file in "${COMP_WORDS[@]:1}"; do
    if [[ $file != *.yaml ]]; then continue; fi
    for depth in 1 2 3 4 5 6 7 8; do
      if [[ ! -f $file ]]; then break; fi
      sed -nE "s/^(.*[{, -])?label: *[\"']?([^],}\"' #]+).*/\2/p" "$file"
      next=$(sed -nE "s/^extends: *[\"']?([^\"' #]+).*/\1/p" "$file")
      if [[ -z $next ]]; then break; fi
      if [[ $next != /* ]]; then next=$(dirname "$file")/$next; fi
      file=$next
    done
  done
}

# Sets cur and prev; `--option=value` is three words to bash.
_velocal_place() {
  cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  if [[ $cur == "=" ]]; then
    cur=
  elif [[ $prev == "=" ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
}

_velocal_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }

_velocal_files() {
  if [[ $1 == DIR ]]; then
    mapfile -t COMPREPLY < <(compgen -d -- "$cur")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  fi
}

# OPTIONS KINDS: an option, the word in front, or a descriptor.
_velocal_rest() {
  if [[ $cur == -* ]]; then
    _velocal_words "$1"
  elif [[ -n $2 && $COMP_CWORD -eq 1 ]]; then
    _velocal_words "$2"
  else
    mapfile -t COMPREPLY < <(compgen -f -X '!*.yaml' -- "$cur"; compgen -d -- "$cur")
  fi
}
