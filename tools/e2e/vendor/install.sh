#!/bin/sh
# SPDX-License-Identifier: MIT
# In a Debian guest with headers, compiler and DKMS, as root: the package of the modules is installed
# and removed as docs/vendor.md says; and devices are tested that are broken, each in its way. It is
# started with iomem=relaxed, so that what breaks a device reaches its registers beside the driver.
# shellcheck source=tools/e2e/vendor/steps.sh
. ./steps.sh

in_slot=0000:01:00.0
release=$(uname -r)

spoil() { # HOW DEVICE: breaks a device, some ways until it is killed
	"$(dirname "$suite")/bin/node" "$share/spoil.mjs" "$@"
}

spoiled() { # HOW ARGUMENT...: a run meanwhile
	# Not the function: what would be killed then is the shell that waits for it.
	"$(dirname "$suite")/bin/node" "$share/spoil.mjs" "$1" "$free_device" &
	spoiler=$!
	shift
	"$suite" run --device "$free_device" "$@"
	code=$?
	kill "$spoiler"
	wait "$spoiler"
	same || return 99
	return "$code"
}

silent() { # its slot is without power in the middle of a run, and has it again when that is over
	begin silent.ktap --device "$in_slot" --case 'irq.*'
	until_says 'ok 2'
	spoil off "$in_slot"
	wait "$run"
	code=$?
	"$suite" list
	spoil on "$in_slot"
	# What had no power forgot its addresses: the kernel gives it new ones when it finds it again.
	echo 1 >"/sys/bus/pci/devices/$in_slot/remove"
	echo 1 >/sys/bus/pci/rescan
	return "$code"
}

gives_back() {
	"$suite" restore && same
}

removed() {
	modprobe -r uio_msi uio && apt-get -q -y purge uio-msi-dkms
	! modinfo uio_msi && modinfo -F filename uio
}

unpack
machine >"$share/before"
step install apt-get -q -y install ./module/uio-msi-dkms_*_all.deb
step modinfo modinfo uio_msi
step status dkms status
step not-loaded "$suite" run --device "$free_device"
step modprobe modprobe uio_msi
cp "/lib/modules/$release/updates/dkms/"uio*.ko "$share"
machine >"$share/untouched"
step short "$suite" run --device "$free_device" --case 'info.*' --out "$share/short"
step mute spoiled mute --case irq.replace --case 'trigger.*'
step endless spoiled storm --case irq.replace --case irq.each-vector --case 'arg.*'
step silent silent
step silent-back gives_back
machine >"$share/after"
step removed removed
dmesg >"$share/dmesg"
