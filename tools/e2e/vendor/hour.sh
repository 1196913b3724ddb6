#!/bin/sh
# SPDX-License-Identifier: MIT
# The vendor's hour, in a Debian guest as it was installed: run as root, from the folder that is shared
# with the host. Each step leaves its exit code in `steps` and its output in a file of its own.
set -u

share=$(pwd)
own_disk=0000:00:03.0
free_device=0000:00:04.0
idle_disk=0000:00:06.0

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

killed() { # a run that is killed without warning, when it is at work
	"$suite" run --device "$idle_disk" --case 'arg.*' --case 'rem.*' >killed.ktap &
	run=$!
	until grep -q 'ok 3' killed.ktap || ! kill -0 "$run"; do sleep 0.2; done
	kill -9 "$run"
	for _ in $(seq 60); do
		[ -e /run/uio-msi-conformance/journal.json ] || return 0
		sleep 1
	done
	return 1
}

full_disk() {
	mkdir -p /full && mount -t tmpfs -o size=64k full /full || return 1
	"$suite" run --device "$free_device" --case 'info.*' --out /full/report
	code=$?
	umount /full
	return "$code"
}

removed() { # pulled out in the middle
	"$suite" run --device "$free_device" --case 'arg.*' --case 'trigger.*' --case 'info.*' >removed.ktap &
	run=$!
	until grep -q 'ok 3' removed.ktap || ! kill -0 "$run"; do sleep 0.2; done
	echo 1 >"/sys/bus/pci/devices/$free_device/remove"
	wait "$run"
	code=$?
	echo 1 >/sys/bus/pci/rescan
	[ -e "/sys/bus/pci/devices/$free_device" ] || return 99
	return "$code"
}

cd /root && tar xzf "$share"/uio-msi-conformance-*.tar.gz && cd uio-msi-conformance-*/ || exit 1
suite=$(pwd)/uio-msi-conformance
: >"$share/steps"

step sums sha256sum --quiet --check SHA256SUMS
step no-module "$suite" run --device "$free_device"
step core insmod "$share/uio.ko"
step driver insmod "$share/uio_msi.ko"
machine >"$share/before"
step list "$suite" list
step list-json "$suite" list --json
step dry-run "$suite" run --device "$idle_disk" --dry-run
step in-use "$suite" run --device "$own_disk"
machine >"$share/untouched"
step run "$suite" run --device "$free_device" --out "$share/report" --product 'Rocker switch' --vendor Example \
	--contact lab@example.org --profile core --profile msix --profile removal --profile raw
step verify "$suite" verify "$share/report.tar.gz"
printf x >>"$share/report/kernel/log.txt"
step altered "$suite" verify "$share/report"
step killed killed
step full-disk full_disk
machine >"$share/after"
step removed removed
step restore "$suite" restore
dmesg >"$share/dmesg"
