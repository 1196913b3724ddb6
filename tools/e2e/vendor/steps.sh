#!/bin/sh
# SPDX-License-Identifier: MIT
# What the guests' scripts have in common: each sources it, from the folder that is shared with the
# host. Each step leaves its exit code in `steps` and its output in files of its own.
set -u

share=$(pwd)
free_device=0000:00:04.0
idle_disk=0000:00:06.0
journal=/run/uio-msi-conformance/journal.json

step() { # NAME COMMAND...: runs the command and keeps what it says
	name=$1
	shift
	"$@" >"$share/$name.out" 2>"$share/$name.err"
	echo "$name $?" >>"$share/steps"
}

machine() { # what must be the same before and after
	for device in /sys/bus/pci/devices/*; do
		echo "${device##*/} $(readlink "$device/driver") $(cat "$device/driver_override")"
	done
	ip -brief address | awk '{ print $1, $2, $3 }'
	grep -v -E '^(proc|sysfs|host) ' /proc/mounts
}

same() { # whether the machine is as it was in the file `before`
	machine | diff "$share/before" -
}

unpack() { # the released tarball, where everybody may read it
	cd /opt && tar xzf "$share"/uio-msi-conformance-*.tar.gz && cd uio-msi-conformance-*/ || exit 1
	suite=$(pwd)/uio-msi-conformance
	: >"$share/steps"
}

begin() { # FILE ARGUMENT...: a run in the background, its results in the file; $run is its process
	results=$1
	shift
	: >"$results"
	"$suite" run "$@" >"$results" &
	run=$!
}

until_says() { # PATTERN: waits until the run's results have it, or the run is over
	until grep -q -e "$1" "$results" || ! kill -0 "$run" 2>/dev/null; do sleep 0.1; done
}
