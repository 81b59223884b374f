/** An HTTP request and response as doors and API routes see them, whatever brought them. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** From the route's path: `/pay/{token}`. */
  readonly params: Readonly<Record<string, string>>;
  /** The bytes as they came: signatures are made over them. */
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

/** A problem of RFC 9457: `code` is stable, `detail` a sentence for a person, `pointer` where it is. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly pointer?: string;
}

export const problem = (
  { status, code, detail, pointer }: Problem,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  body: JSON.stringify({
    type: `urn:countinghouse:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail,
    ...(pointer === undefined ? {} : { pointer }),
  }),
});
