# SPDX-License-Identifier: GPL-2.0-only
# Keeps the options that a Kconfig file declares, the last assignment of each, and fails where
# Kconfig would: on a line that is neither an entry nor one of its attributes.
config=$1
for kconfig in Kconfig drivers/*/Kconfig; do
	awk -v file="$PWD/$kconfig" '
		!/^(#.*|config [A-Z_0-9]+|\t.*|)$/ { printf "%s:%d: syntax error\n", file, NR; bad = 1 }
		END { exit bad }' "$kconfig" || exit 1
done
awk '
	FILENAME != ARGV[ARGC - 1] { if ($1 == "config") declared["CONFIG_" $2] = 1; next }
	{ split($0, parts, "="); if (parts[1] in declared) value[parts[1]] = $0 }
	END { for (option in value) print value[option] }
' Kconfig drivers/*/Kconfig "$config" | sort > "$config.tmp"
mv "$config.tmp" "$config"
