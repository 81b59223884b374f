/** The HTTP API as the demo and the stories call it: JSON in, JSON out, and an error that says what the API said. */
export interface ApiClient {
  get<Answer = Json>(path: string): Promise<Answer>;
  post<Answer = Json>(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  patch<Answer = Json>(path: string, body: unknown): Promise<Answer>;
  bytes(path: string): Promise<Uint8Array>;
  /** The bare response, whatever its status. */
  raw(method: string, path: string, init?: RequestInit): Promise<Response>;
}

/** An answer of the API; what it holds is described by its OpenAPI document. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are read by those who know their schema
export type Json = any;

export const apiClient = (url: string, apiKey: string): ApiClient => {
  const raw = (method: string, path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      method,
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...(init.headers as Record<string, string> | undefined) },
    });
  const sent = async (method: string, path: string, init?: RequestInit): Promise<Response> => {
    const response = await raw(method, path, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response;
  };
  const withBody = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return {
    raw,
    get: async <Answer>(path: string) => (await (await sent('GET', path)).json()) as Answer,
    post: async <Answer>(path: string, body: unknown, headers?: Readonly<Record<string, string>>) =>
      (await (await sent('POST', path, withBody(body, headers))).json()) as Answer,
    patch: async <Answer>(path: string, body: unknown) =>
      (await (await sent('PATCH', path, withBody(body))).json()) as Answer,
    bytes: async (path) => new Uint8Array(await (await sent('GET', path)).arrayBuffer()),
  };
};
