// SPDX-License-Identifier: GPL-2.0
#include <linux/uio_driver.h>

static int users;

int uio_open(struct uio_info *info)
{
	users++;
	return info->open ? info->open(info) : 0;
}

int uio_release(struct uio_info *info)
{
	users--;
	return info->release ? info->release(info) : 0;
}
