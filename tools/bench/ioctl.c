// SPDX-License-Identifier: MIT
/*
 * ioctl CALLS: triggers vector 0 of the uio_msi file that it inherits as number 3, and prints the
 * seconds that one call took. What `uio-msi-conformance calls` is compared with.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>

/* include/uapi/linux/uio_msi.h */
struct uio_msi_irq_vec {
	uint32_t argsz;
	uint32_t flags;
	uint32_t vec;
};
#define UIO_MSI_IRQ_TRIGGER _IO('I', 0x86 + 6)

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct uio_msi_irq_vec vec = { .argsz = sizeof(vec) };
	long calls = argc > 1 ? atol(argv[1]) : 0;
	double start = now();

	if (calls <= 0)
		return 2;
	for (long i = 0; i < calls; i++) {
		if (ioctl(3, UIO_MSI_IRQ_TRIGGER, &vec)) {
			perror("UIO_MSI_IRQ_TRIGGER");
			return 1;
		}
	}
	printf("%.12f\n", (now() - start) / calls);
	return 0;
}
