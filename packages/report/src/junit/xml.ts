// SPDX-License-Identifier: MIT

/** Text that is XML already. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// XML 1.0, production 2: all other characters cannot be in a document, not even as references.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const FORBIDDEN = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

/** The tag that an element begins with, its attributes escaped. */
export const opening = (name: string, attributes: Readonly<Record<string, string>>): string => {
  // In an attribute a line end is normalised to a space unless it is a reference (XML 1.0, 3.3.3).
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeXml(value).replaceAll('\n', '&#10;')}"`,
  );
  return `<${name}${written.join('')}>`;
};

/** An element with escaped attributes; children that are strings are escaped text. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Xml | string)[] = [],
): Xml => {
  const inner = children.map((child) => (child instanceof Xml ? child.text : escapeXml(child)));
  const begin = opening(name, attributes);
  return new Xml(inner.length > 0 ? `${begin}${inner.join('')}</${name}>` : `${begin.slice(0, -1)}/>`);
};
