// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { broken, MAINTAINER } from '../../../testing/revision.js';
import { faultsOf } from '../address.js';
import { addresses } from './addresses.js';

const at = (address: string, name = 'Jane Roe') => faultsOf({ name, address });

it.each([
  'stephen@networkplumber.org',
  'gregkh@linuxfoundation.org',
  'syzbot+2f6d7c28bb4bf7e82060@syzkaller.appspotmail.com',
  'yann.morin.1998@free.fr',
  "o'brien@kernel.org",
  'a@b.co.uk',
  'jane@xn--bcher-kva.example-hosting.de',
  'contest@kernel.org',
])('lets %s through', (address) => {
  expect(at(address)).toEqual([]);
});

it.each([
  ['', 'has no address'],
  ['uio_msi@example.invalid', 'has an address in a domain for examples'],
  ['you@example.com', 'has an address in a domain for examples'],
  ['joe@mail.example', 'has an address in a domain for examples'],
  ['root@localhost', 'has an address in a domain for examples'],
  ['joe@build.local', 'has an address in a domain for examples'],
  ['noreply@github.com', 'has an address that nobody can answer'],
  ['no-reply@kernel.org', 'has an address that nobody can answer'],
  ['1234+joe@users.noreply.github.com', 'has an address that nobody can answer'],
  ['joe at kernel dot org', 'has an address that is spelt out'],
  ['joe[at]kernel.org', 'has an address that is spelt out'],
  ['joe (at) kernel.org', 'has an address that is spelt out'],
  ['joe.kernel.org', 'has an address without @'],
  ['jo...@gmail.com', 'has an address that is masked'],
  ['xxxx@kernel.org', 'has an address that is masked'],
  ['j***@kernel.org', 'has an address that is masked'],
  ['[email protected]', 'has an address without @'],
  ['joe@@kernel.org', 'has an address that is cut off or has too much in it'],
  ['joe@kernel.org, jane@kernel.org', 'has an address that is cut off or has too much in it'],
  ['@kernel.org', 'has an address that is cut off or has too much in it'],
  ['joe@kernel', 'has an address whose domain is not one'],
  ['joe@kernel.', 'has an address whose domain is not one'],
  ['joe@-kernel.org', 'has an address whose domain is not one'],
  ['jоe@kernel.org', 'has an address with other characters than ASCII'], // the o is Cyrillic
  ['joe@kernel。org', 'has an address with other characters than ASCII'],
  ['joe\u200b@kernel.org', 'has characters that are not seen in its address'],
  ['joe\u202e@kernel.org', 'has characters that are not seen in its address'],
])('finds %s', (address, what) => {
  expect(at(address)).toEqual([what]);
});

it.each([
  ['', 'has no name'],
  ['Your Name', 'is no name of a person'],
  ['root', 'is no name of a person'],
  ['Jаne Roe', 'mixes alphabets in a word of its name'], // the a is Cyrillic
  ['Jane\u202eeoR', 'has characters that are not seen in its name'],
])('finds the name %j', (name, what) => {
  expect(at('jane@kernel.org', name)).toEqual([what]);
});

it.each(['Jörg Åström', 'Юрий Гагарин', '李明', 'Anne-Marie O’Brien', 'Madonna'])(
  'lets %s be a name',
  (name) => {
    expect(at('jane@kernel.org', name)).toEqual([]);
  },
);

it('looks at sender, authors, trailers and recipients; a list needs no name', async () => {
  const bad = 'joe@example.com';
  const patches = [
    {
      author: { name: 'Joe', address: bad },
      trailers: [`Acked-by: ${bad}`, `Link: https://${bad}/`, 'Cc: stable@vger.kernel.org'],
    },
  ];
  const to = [{ name: '', address: 'linux-api@vger.kernel.org' }];
  const cc = [{ name: '', address: bad }];
  const fault = 'has an address in a domain for examples';
  expect(await broken(addresses, { patches, to, cc, sender: { ...MAINTAINER, address: bad } })).toEqual([
    `sender: sender Jane Roe <${bad}> ${fault}`,
    `${bad}: recipient ${bad} <${bad}> ${fault}`,
    `0001.patch: author Joe <${bad}> ${fault}`,
    `0001.patch: Acked-by ${bad} has no name`,
    `0001.patch: Acked-by ${bad} ${fault}`,
  ]);
});

it('takes any text for an address, in time', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300, unit: 'binary' }),
      fc.string({ maxLength: 100 }),
      (address, name) => {
        const started = performance.now();
        const faults = faultsOf({ name, address });
        expect(faults.length).toBeLessThanOrEqual(2);
        if (!address.includes('@')) expect(faults.length).toBeGreaterThan(0);
        expect(performance.now() - started).toBeLessThan(1000);
      },
    ),
    { seed: Number(process.env['FC_SEED'] ?? 7) },
  );
}, 120_000);
