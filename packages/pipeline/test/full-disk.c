// SPDX-License-Identifier: MIT
// For LD_PRELOAD: in the folder FULL_UNDER the disk is full after FULL_AFTER writes.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_full(int fd)
{
	static int writes;
	const char *after = getenv("FULL_AFTER"), *under = getenv("FULL_UNDER");
	char link[64], path[4096];
	ssize_t length;

	if (!after || !under)
		return 0;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	if (length < 0)
		return 0;
	path[length] = 0;
	if (strncmp(path, under, strlen(under)) != 0)
		return 0;
	if (__sync_add_and_fetch(&writes, 1) <= atoi(after))
		return 0;
	errno = ENOSPC;
	return 1;
}

#define FULL(name, declared, given)					\
	ssize_t name declared						\
	{								\
		static ssize_t (*next) declared;			\
		if (!next)						\
			next = dlsym(RTLD_NEXT, #name);			\
		return is_full(fd) ? -1 : next given;			\
	}

FULL(write, (int fd, const void *data, size_t size), (fd, data, size))
FULL(writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
FULL(pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
FULL(pwritev64, (int fd, const struct iovec *parts, int count, off64_t at), (fd, parts, count, at))
