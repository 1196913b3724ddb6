/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _UIO_DRIVER_H_
#define _UIO_DRIVER_H_

struct uio_info {
	const char *name;
	int (*open)(struct uio_info *info);
	int (*release)(struct uio_info *info);
};

int uio_open(struct uio_info *info);
int uio_release(struct uio_info *info);

#endif
