/**
 * Reads back what a PDF of ours says: inflates its streams and turns glyphs into
 * characters by each font's own ToUnicode map, as a program that copies text does.
 */
import { inflateSync } from 'node:zlib';
import { present } from '#domain/assert.ts';

export interface PdfText {
  /** One text a page as a program copies it, a line for each that was written. */
  readonly pages: readonly string[];
  /** The same as the eye sees it: by glyphs, where the words behind them are ignored. */
  readonly shown: readonly string[];
  /** The roles of the structure tree, in the order of the file. */
  readonly roles: readonly string[];
  /** Addresses that links lead to. */
  readonly links: readonly string[];
  /** Everything that is not in a stream: the dictionaries. */
  readonly dictionaries: string;
}

export const pdfText = (bytes: Uint8Array): PdfText => {
  const file = Buffer.from(bytes).toString('latin1');
  const objects = new Map(
    [...file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', text = '']) => [id, text]),
  );
  const object = (id: string) => present(objects.get(id), `object ${id} is in the file`);
  const stream = (id: string) => {
    const [, dictionary = '', raw = ''] = /^([\s\S]*?)\nstream\n([\s\S]*?)\nendstream/.exec(object(id)) ?? [];
    const content = Buffer.from(raw, 'latin1');
    return (dictionary.includes('FlateDecode') ? inflateSync(content) : content).toString('latin1');
  };
  const dictionaries = [...objects.values()].map((text) => text.replace(/\nstream\n[\s\S]*$/, '')).join('\n');

  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const [, name = '', id = ''] of dictionaries.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    fonts.set(
      name,
      charactersIn(stream(present(/\/ToUnicode (\d+)/.exec(object(id))?.[1], `font ${name} says what its glyphs are`))),
    );
  }
  const contents = [...objects.values()]
    .filter((text) => /\/Type \/Page\n/.test(text))
    .map((page) => present(/\/Contents (\d+)/.exec(page)?.[1], 'a page has contents'));
  return {
    pages: contents.map((id) =>
      textIn(
        stream(id).replace(actualText, (_, words: string) => `BT\n{${words}}ET\n`),
        fonts,
      ),
    ),
    shown: contents.map((id) => textIn(stream(id), fonts)),
    roles: [...dictionaries.matchAll(/\/S \/(Document|Sect|H1|H2|P|Link|Table|TR|TH|TD|Note)\n/g)].map(
      ([, role = '']) => role,
    ),
    links: [...dictionaries.matchAll(/\/URI \(([^)]*)\)/g)].map(([, url = '']) => url),
    dictionaries,
  };
};

/** A ToUnicode map: glyph, as four hex digits, to text. */
const charactersIn = (cmap: string): ReadonlyMap<string, string> => {
  const characters = new Map<string, string>();
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ''], i) => {
      const text = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
      characters.set((parseInt(from, 16) + i).toString(16).padStart(4, '0'), text);
    });
  }
  return characters;
};

/** `/Span << /ActualText (words) >> BDC … EMC` */
const actualText = /\/Span <<\s*\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)\s*>> BDC\n[\s\S]*?\nEMC/g;

/** A text string of a PDF: UTF-16 behind its mark, with some bytes escaped. */
const written = (string: string): string =>
  Buffer.from(
    string
      .replace(/\\([\s\S])/g, (_, byte: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[byte] ?? byte)
      .slice(2),
    'latin1',
  )
    .swap16()
    .toString('utf16le');

const textIn = (content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string => {
  let font: ReadonlyMap<string, string> | undefined;
  const line = (textObject: string): string => {
    if (textObject.startsWith('{')) return written(textObject.slice(1, -1));
    let text = '';
    for (const [, name, glyphs = ''] of textObject.matchAll(
      /\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*> -?[\d.]+ ?)+)\] TJ/g,
    )) {
      if (name !== undefined) font = fonts.get(name);
      for (const [, hex = ''] of glyphs.matchAll(/<([0-9a-f]*)>/g))
        text += (hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(glyph) ?? '?').join('');
    }
    return text;
  };
  return [...content.matchAll(/BT\n([\s\S]*?)ET\n/g)].map(([, textObject = '']) => line(textObject)).join('\n');
};
