/** The two open pages about the API: its OpenAPI document, and the same for people. Made once a process, when first asked for. */
import { type HttpResponse, json } from '../../http.ts';
import type { Route } from '../route.ts';
import { docsPage } from './docs-page.ts';
import { docsStyle } from './docs-style.ts';
import { openApi, type OpenApiDocument } from './openapi.ts';

export const documentationPages = (routes: readonly Route[]): ReadonlyMap<string, () => HttpResponse> => {
  let made: OpenApiDocument | undefined;
  const document = () => (made ??= openApi(routes));
  let page: HttpResponse | undefined;
  return new Map([
    ['/openapi.json', () => json(200, document())],
    ['/docs', () => (page ??= { status: 200, headers: pageHeaders, body: docsPage(document()) })],
  ]);
};

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${docsStyle.hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};
