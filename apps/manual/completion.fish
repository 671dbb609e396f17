# fish completion of a velocal program, made of its --help --json.

# The labels of the scans in the descriptor on the command line, and in those that it extends.
function __velocal_labels
    for file in (commandline -opc | string match '*.yaml')
        for depth in (seq 8)
            test -f $file; or break
            sed -nE "s/^(.*[{, -])?label: *[\"']?([^],}\"' #]+).*/\2/p" $file
            set -l next (sed -nE "s/^extends: *[\"']?([^\"' #]+).*/\1/p" $file)
            test -n "$next"; or break
            string match -q '/*' $next; or set next (dirname $file)/$next
            set file $next
        end
    end
end
