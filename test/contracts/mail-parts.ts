/** Takes a MIME message of ours apart: its header lines, unfolded, and its decoded parts. */

export interface MailPart {
  readonly headers: readonly string[];
  readonly content: Buffer;
  readonly parts: readonly MailPart[];
}

export const mailParts = (mime: Uint8Array): MailPart => part(Buffer.from(mime).toString('latin1'));

/** The first part of this type, as text. */
export const partText = (mail: MailPart, type: string): string => {
  const found = [mail, ...mail.parts, ...mail.parts.flatMap(({ parts }) => parts)].find(({ headers }) =>
    headers.some((header) => header.startsWith(`Content-Type: ${type}`)),
  );
  return found?.content.toString('utf8') ?? '';
};

/** The header's value with its encoded words (RFC 2047) decoded. */
export const headerOf = ({ headers }: MailPart, name: string): string => {
  const line = headers.find((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}: `)) ?? '';
  return line
    .slice(name.length + 2)
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('latin1')
        : unquoted(text.replaceAll('_', ' ')),
    )
    .replace(/[\s\S]+/, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
};

const part = (text: string): MailPart => {
  const end = text.indexOf('\r\n\r\n');
  const headers = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const body = text.slice(end + 4);
  const header = (name: string) => headers.find((each) => each.startsWith(`${name}: `)) ?? '';
  const boundary = /boundary="([^"]+)"/.exec(header('Content-Type'))?.[1];
  const parts =
    boundary === undefined
      ? []
      : body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((each) => part(each.replace(/^\r\n/, '')));
  return { headers, parts, content: decoded(body, header('Content-Transfer-Encoding')) };
};

const decoded = (body: string, encoding: string): Buffer => {
  if (encoding.endsWith('base64')) return Buffer.from(body, 'base64');
  return Buffer.from(encoding.endsWith('quoted-printable') ? unquoted(body.replace(/=\r\n/g, '')) : body, 'latin1');
};

const unquoted = (text: string): string =>
  text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
