#!/bin/sh
# SPDX-License-Identifier: MIT
# In a Debian guest that was started with lockdown=integrity, as with Secure Boot, as root: modules
# that are not signed are refused, and the suite says what is in the way.
# shellcheck source=tools/e2e/vendor/steps.sh
. ./steps.sh

unpack
machine >"$share/before"
mkdir -p "/lib/modules/$(uname -r)/updates"
cp "$share"/*.ko "/lib/modules/$(uname -r)/updates" && depmod
step modprobe modprobe uio_msi
step locked-out "$suite" run --device "$free_device"
step list "$suite" list
machine >"$share/after"
dmesg >"$share/dmesg"
