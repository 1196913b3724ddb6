// SPDX-License-Identifier: MIT
import type { Files } from './repository.js';

/** A patch as git format-patch writes it, for one file. */
export const PATCH = `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
From: =?UTF-8?q?J=C3=B6rg=20Example?= <joerg@example.org>
Date: Mon, 5 Oct 2026 12:00:00 +0200
Subject: [PATCH v2 1/2] uio: a subject that is long enough to be
 folded by git

Why it is done.

Link: https://example.org/a
[ somebody: changed a little ]
Signed-off-by: Jörg Example <joerg@example.org>
---
 drivers/uio/uio.c | 1 +
 1 file changed, 1 insertion(+)

diff --git a/drivers/uio/uio.c b/drivers/uio/uio.c
index 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222 100644
--- a/drivers/uio/uio.c
+++ b/drivers/uio/uio.c
@@ -10,6 +10,7 @@ static int function(void)
 a
 b
 c
+new
 d
 e
 f
-- 
2.39.5

`;

/** A series.yaml with two patches and a variant. */
export const MANIFEST = `name: uio_example
revision: 2
change-id: 20261005-uio-example-0123456789ab
subject: "uio: an example"
prefix: PATCH
base: "7.2"
patches:
  - 0001-a.patch
  - 0002-b.patch
variants:
  - {line: "6.12", patch: 0002-b.patch, file: variants/6.12/0002-b.patch, why: because}
config: [CONFIG_UIO=m]
modules: [drivers/uio/uio.ko]
matrix: {kernels: ["7.2", "6.12"]}
`;

/** The files of a series folder that is in order. */
export const FOLDER: Files = {
  'series.yaml': MANIFEST,
  series: '# for quilt\n0001-a.patch\n0002-b.patch -p1\n',
  '0001-a.patch': PATCH,
  '0002-b.patch': PATCH,
  'variants/6.12/0002-b.patch': PATCH,
};
