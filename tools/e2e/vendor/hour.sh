#!/bin/sh
# SPDX-License-Identifier: MIT
# The vendor's hour, in a Debian guest as it was installed, run as root.
# shellcheck source=tools/e2e/vendor/steps.sh
. ./steps.sh

own_disk=0000:00:03.0

unprivileged() { # somebody who may read the suite and nothing else
	setpriv --reuid 65534 --regid 65534 --clear-groups "$suite" "$@"
}

wrong_kernel() { # the modules are there, for another kernel
	mkdir -p /lib/modules/6.1.0-1-amd64/updates &&
		cp "$share"/*.ko /lib/modules/6.1.0-1-amd64/updates && depmod 6.1.0-1-amd64 || return 1
	"$suite" run --device "$free_device"
	code=$?
	rm -r /lib/modules/6.1.0-1-amd64
	return "$code"
}

killed() { # a run that is killed without warning, when it is at work: the guard gives back
	begin killed.ktap --device "$idle_disk" --case 'arg.*' --case 'rem.*'
	until_says 'ok 3'
	kill -9 "$run"
	wait "$run"
	for _ in $(seq 600); do
		[ -e "$journal" ] || break
		sleep 0.1
	done
	[ ! -e "$journal" ] && same
}

killed_with_guard() { # WHEN: both processes are killed, and a person gives back
	begin killed.ktap --device "$idle_disk" --case 'arg.closed-fd' --case 'rem.*'
	case $1 in
	lent) until [ -e "$journal" ] || ! kill -0 "$run" 2>/dev/null; do :; done ;;
	unbound) until [ ! -e "/sys/bus/pci/drivers/nvme/$idle_disk" ] || ! kill -0 "$run" 2>/dev/null; do :; done ;;
	at-work) until_says 'ok 1' ;;
	off-the-bus) until [ ! -e "/sys/bus/pci/devices/$idle_disk" ] || ! kill -0 "$run" 2>/dev/null; do :; done ;;
	giving-back) until_says '^# [A-Z]*:' ;;
	esac
	# shellcheck disable=SC2046 # several numbers
	kill -9 "$run" $(cat "/proc/$run/task"/*/children)
	wait "$run"
	[ -e "$journal" ] && echo 'a journal is left'
	"$suite" restore && same
}

full_disk() { # no room from the beginning
	mkdir -p /full && mount -t tmpfs -o size=64k full /full || return 1
	"$suite" run --device "$free_device" --case 'info.*' --out /full/report
	code=$?
	umount /full
	return "$code"
}

filled_disk() { # room at the beginning, and then none
	mount -t tmpfs -o size=40m full /full || return 1
	begin filled.ktap --device "$free_device" --case 'arg.*' --case 'info.*' --out /full/report
	until_says 'ok 3'
	dd if=/dev/zero of=/full/other bs=4k 2>/dev/null
	wait "$run"
	code=$?
	grep -c ' ok ' filled.ktap
	grep -c '"type":"case"' /full/report.partial-*/events.ndjson
	umount /full
	same || return 99
	return "$code"
}

removed() { # pulled out by hand in the middle
	begin removed.ktap --device "$free_device" --case 'arg.*' --case 'trigger.*' --case 'info.*' \
		--out "$share/removed"
	until_says 'ok 3'
	echo 1 >"/sys/bus/pci/devices/$free_device/remove"
	wait "$run"
	code=$?
	echo 1 >/sys/bus/pci/rescan
	[ -e "/sys/bus/pci/devices/$free_device" ] && same || return 99
	return "$code"
}

locked_down() { # the kernel is locked down while the driver is loaded
	echo integrity >/sys/kernel/security/lockdown || return 1
	"$suite" run --device "$free_device" --case 'info.*' --case 'raw.*' --case 'irq.replace' \
		--out "$share/locked" --profile raw --profile msix
}

archive() { # what was downloaded
	(cd "$share" && sha256sum --check ./*.tar.gz.sha256)
}

measured() { # the report has how fast the device was, vector by vector
	grep '"type":"rates"' "$share/report/events.ndjson" && grep 'How fast' "$share/report/report.html"
}

unpack
step archive archive
step sums sha256sum --quiet --check SHA256SUMS
step no-module "$suite" run --device "$free_device"
step wrong-kernel wrong_kernel
step core insmod "$share/uio.ko"
step driver insmod "$share/uio_msi.ko"
machine >"$share/before"
step list "$suite" list
step list-json "$suite" list --json
step no-root unprivileged run --device "$free_device"
step list-no-root unprivileged list
step dry-run "$suite" run --device "$idle_disk" --dry-run
step in-use "$suite" run --device "$own_disk"
machine >"$share/untouched"
step run "$suite" run --device "$free_device" --out "$share/report" --product 'Rocker switch' --vendor Example \
	--contact lab@example.org --profile core --profile msix --profile removal --profile raw --rates
step measured measured
step verify "$suite" verify "$share/report.tar.gz"
cp -r "$share/report" altered && printf x >>altered/kernel/log.txt
step altered "$suite" verify altered
step killed killed
step killed-lent killed_with_guard lent
step killed-unbound killed_with_guard unbound
step killed-at-work killed_with_guard at-work
step killed-off-the-bus killed_with_guard off-the-bus
step killed-giving-back killed_with_guard giving-back
step full-disk full_disk
step filled-disk filled_disk
step removed removed
step verify-removed "$suite" verify "$share/removed"
machine >"$share/after"
step restore "$suite" restore
step locked-down locked_down
step verify-locked "$suite" verify "$share/locked"
machine >"$share/after-lockdown"
dmesg >"$share/dmesg"
