# zsh completion of a velocal program, made of its --help --json.

# The labels of the scans in the descriptor on the command line, and in those that it extends.
_velocal_labels() {
  local file next depth
  local -a labels
  for file in ${(M)words:#*.yaml}; do
    for depth in {1..8}; do
      [[ -f $file ]] || break
      labels+=(${(f)"$(sed -nE "s/^(.*[{, -])?label: *[\"']?([^],}\"' #]+).*/\2/p" $file)"})
      next=$(sed -nE "s/^extends: *[\"']?([^\"' #]+).*/\1/p" $file)
      [[ -n $next ]] || break
      [[ $next == /* ]] || next=${file:h}/$next
      file=$next
    done
  done
  compadd -- ${(u)labels}
}
