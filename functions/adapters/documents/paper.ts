/**
 * An A4 document that is drawn and described at once: whatever is written names its
 * place in the structure tree, which is what a screen reader reads. Equal calls give
 * equal bytes: no clock and no chance, since the creation date is given.
 */
import PDFDocument from 'pdfkit';
import { fonts } from './fonts.ts';
import { printable } from './printable.ts';

export type Section = PDFKit.PDFStructureElement;
export type Role = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Link' | 'Table' | 'TR' | 'TH' | 'TD' | 'Note';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Type {
  readonly face?: 'regular' | 'bold';
  readonly size?: number;
  readonly colour?: string;
  readonly align?: 'left' | 'right';
}

export interface Paper {
  readonly root: Section;
  readonly bounds: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
    readonly width: number;
  };
  section(parent: Section, role: Role): Section;
  /** Writes a text and returns the y below it. A header cell says what it heads, a link where it leads. */
  write(
    parent: Section,
    role: Role,
    text: string,
    place: Place,
    type?: Type & { readonly scope?: 'Row' | 'Column'; readonly link?: string },
  ): number;
  heightOf(text: string, width: number, type?: Type): number;
  /** Draws what a reader of the structure passes over: rules, grounds, repeated headers. */
  decorate(draw: (pen: Pen) => void): void;
  newPage(): void;
  /** Characters so far that the font lacks and that stand as �. */
  missing(): readonly string[];
  /** Ends the document; the footer is written on every page once their number is known. */
  finish(footer: (page: number, pages: number, pen: Pen) => void): Promise<Uint8Array>;
}

export interface Pen {
  rule(y: number, from: number, to: number, colour: string, thickness?: number): void;
  ground(place: Place, height: number, colour: string): void;
  text(text: string, place: Place, type?: Type): void;
}

export const ink = {
  plain: '#1b1f24',
  soft: '#59636e',
  rule: '#c8ced5',
  ground: '#f2f4f7',
  accent: '#14508c',
} as const;

const a4 = { width: 595.28, height: 841.89 };
const margins = { left: 56, right: 56, top: 56, bottom: 64 };
const bounds = {
  left: margins.left,
  right: a4.width - margins.right,
  top: margins.top,
  bottom: a4.height - margins.bottom,
  width: a4.width - margins.left - margins.right,
};

export const openPaper = ({
  title,
  author,
  createdAt,
}: {
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
}): Paper => {
  const doc = new PDFDocument({
    size: [a4.width, a4.height],
    margins,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: 'en',
    // None of pdfkit's own: their measures lie in files a bundle would lack, and a font opened without a name is opened again at every word.
    font: '',
    info: {
      Title: title,
      Author: author,
      Creator: 'Countinghouse',
      Producer: 'Countinghouse',
      CreationDate: createdAt,
      ModDate: createdAt,
    },
  });
  doc.registerFont('regular', fonts().regular);
  doc.registerFont('bold', fonts().bold);
  const bytes = collected(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);

  const missing: string[] = [];
  const set = ({ face = 'regular', size = 9.5 }: Type = {}) => doc.font(face).fontSize(size);
  const shown = (text: string, type?: Type) => {
    set(type);
    return printable(text, (codePoint) => faceOf(doc).hasGlyphForCodePoint(codePoint));
  };
  const put = (text: string, { x, y, width }: Place, { colour = ink.plain, align = 'left' }: Type, link?: string) =>
    doc.fillColor(colour).text(text, x, y, { width, align, ...(link === undefined ? {} : { link }) });

  const pen: Pen = {
    rule: (y, from, to, colour, thickness = 0.75) =>
      doc.lineWidth(thickness).moveTo(from, y).lineTo(to, y).stroke(colour),
    ground: ({ x, y, width }, height, colour) => doc.roundedRect(x, y, width, height, 4).fill(colour),
    text: (text, place, type = {}) => put(shown(text, type).text, place, type),
  };

  return {
    root,
    bounds,
    section: (parent, role) => {
      const section = doc.struct(role);
      parent.add(section);
      return section;
    },
    write: (parent, role, text, place, type = {}) => {
      const { text: printed, missing: lacking } = shown(text, type);
      missing.push(...lacking);
      const { scope, link } = type;
      // The font may lack a letter, take it apart or draw it in another order; programs that copy or speak the text get it as written.
      const isAsWritten = /^[\x20-\x7e]*$/.test(text);
      const draw = () => {
        if (!isAsWritten) doc.markContent('Span', { actual: text });
        put(printed, place, type, link);
        if (!isAsWritten) doc.endMarkedContent();
      };
      // pdfkit knows `scope`, its types do not.
      parent.add(doc.struct(role, { ...(scope === undefined ? {} : { scope }) } as { title?: string }, draw));
      return doc.y;
    },
    heightOf: (text, width, type = {}) => {
      const { text: printed } = shown(text, type);
      return doc.heightOfString(printed, { width });
    },
    decorate: (draw) => {
      doc.markContent('Artifact', { type: 'Layout' });
      draw(pen);
      doc.endMarkedContent();
    },
    newPage: () => doc.addPage(),
    missing: () => missing,
    finish: async (footer) => {
      const { start, count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page += 1) {
        doc.switchToPage(start + page);
        // Below the bottom margin pdfkit would open another page.
        doc.page.margins.bottom = 0;
        doc.markContent('Artifact', { type: 'Pagination' });
        footer(page + 1, count, pen);
        doc.endMarkedContent();
      }
      doc.end();
      return bytes;
    },
  };
};

/** Which characters a font has is not in pdfkit's types; the tests would miss it. */
const faceOf = (doc: PDFKit.PDFDocument): { hasGlyphForCodePoint(codePoint: number): boolean } =>
  (doc as unknown as { readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } } })._font
    .font;

const collected = (doc: PDFKit.PDFDocument): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
