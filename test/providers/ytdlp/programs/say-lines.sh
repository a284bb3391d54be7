# Prints the lines of the file $1: "o ..." on stdout, "e ..." on stderr, in order; ends with the code in its last, "x ...".
while IFS= read -r line; do
  case "$line" in
    o*) printf '%s\n' "${line#o }" ;;
    e*) printf '%s\n' "${line#e }" >&2 ;;
    x*) exit "${line#x }" ;;
  esac
done <"$1"
