#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Stands for QEMU where a guest's words on the result channel are what is tested: connects to
// both sockets as QEMU does and plays the script in UIO_MSI_FAKE_GUEST, one step after the other.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const path = (id) =>
  process.argv.find((argument) => argument.startsWith(`socket,id=${id},`))?.replace(/.*path=/, '');

if (process.argv.includes('--version')) {
  console.log('fake');
  process.exit();
}
const sockets = { console: connect(path('console')), result: connect(path('result')) };
for (const { to, text, times = 1, wait = 0 } of JSON.parse(process.env.UIO_MSI_FAKE_GUEST)) {
  for (let i = 0; i < times; i++)
    if (!sockets[to].write(text)) await new Promise((resolve) => sockets[to].once('drain', resolve));
  await sleep(wait);
}
for (const socket of Object.values(sockets)) socket.end();
