/**
 * The API for people to read: one page made on the server from the OpenAPI document,
 * by resource, with the fields and an example of every request and answer. It holds no
 * script and loads nothing, so it needs no trust and works offline.
 */
import type { OpenApiDocument } from './openapi.ts';
import { exampleOf, formsOf, type Schema, type Schemas, typeText } from './json-schema.ts';
import { docsStyle } from './docs-style.ts';
import { html, type Html, join, when } from './html.ts';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly description?: string;
}

interface Described {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: Schema;
    readonly description?: string;
  }[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
  readonly 'x-scope'?: string;
}

interface Entry extends Described {
  readonly method: string;
  readonly path: string;
}

export const docsPage = (document: OpenApiDocument): string => {
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  const entries = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Readonly<Record<string, Described>>).map(([method, each]): Entry => ({
      ...each,
      method: method.toUpperCase(),
      path,
    })),
  );
  const tags = (document.tags ?? []).map(({ name }) => name);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title} API</title>
        ${docsStyle.element}
      </head>
      <body>
        <nav aria-label="Resources">
          <strong>${document.info.title}</strong>${join(tags, (tag) => html`<a href="#${tag}">${titleOf(tag)}</a>`)}<a
            href="#schemas"
            >Schemas</a
          ><a href="/openapi.json">openapi.json</a>
        </nav>
        <main>
          <h1>${document.info.title} API</h1>
          ${join((document.info.description ?? '').split('\n\n'), (text) => html`<p>${text}</p>`)}
          ${join(
            tags,
            (tag) =>
              html`<section id="${tag}">
                <h2>${titleOf(tag)}</h2>
                ${join(
                  entries.filter((entry) => entry.tags?.includes(tag)),
                  (entry) => entryHtml(entry, schemas),
                )}
              </section>`,
          )}
          <section id="schemas">
            <h2>Schemas</h2>
            ${join(
              Object.entries(schemas),
              ([name, schema]) =>
                html`<article id="schema-${name}">
                  <h3>${name}</h3>
                  ${when(schema.description, (text) => html`<p>${text}</p>`)}${fieldsHtml(schema, schemas)}
                </article>`,
            )}
          </section>
        </main>
      </body>
    </html> `;
  return page.text;
};

const titleOf = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll('-', ' ');

const entryHtml = (entry: Entry, schemas: Schemas): Html => {
  const { method, path, summary = '', parameters = [], requestBody, responses = {} } = entry;
  return html`<article>
    <h3><code class="method">${method}</code> <code>${path}</code></h3>
    <p>
      ${summary}.
      ${entry['x-scope'] === undefined ? 'Open to everybody' : html`Needs the scope <code>${entry['x-scope']}</code>`}.
    </p>
    ${when(
      parameters.length > 0 || undefined,
      () =>
        html`<table>
          <caption>
            Parameters
          </caption>
          ${head}${join(parameters, ({ name, in: place, required, schema = {}, description }) => row(name, `${typeText(schema)}, in ${place}`, required === true, description ?? schema.description))}
        </table>`,
    )}
    ${when(requestBody, (body) => bodyHtml('Request', body, schemas))}
    ${join(
      Object.entries(responses).filter(([status]) => status !== 'default'),
      ([status, response]) => bodyHtml(`Answer ${status}, ${response.description ?? ''}`, response, schemas),
    )}
  </article>`;
};

const bodyHtml = (title: string, { content = {} }: Content, schemas: Schemas): Html => {
  const [[type, { schema = {} }] = ['', {}]] = Object.entries(content);
  const isJson = type.includes('json');
  return html`<h4>${title}</h4>
    <p>
      <code>${Object.keys(content).join(', ')}</code>${when(isJson || undefined, () => html`: ${typeHtml(schema)}`)}
    </p>
    ${when(
      isJson || undefined,
      () =>
        html`${fieldsHtml(schema, schemas)}
          <details>
            <summary>Example</summary>
            <pre>${JSON.stringify(exampleOf(schema, schemas), null, 2)}</pre>
          </details>`,
    )}`;
};

/** The name of a schema leads to it. */
const typeHtml = (schema: Schema): Html => {
  const text = typeText(schema);
  const name = /^(?:list of )?([A-Z]\w*)$/.exec(text)?.[1];
  return name === undefined ? html`${text}` : html`<a href="#schema-${name}">${text}</a>`;
};

const head = html`<thead>
  <tr>
    <th>Name</th>
    <th>Type</th>
    <th></th>
    <th>Meaning</th>
  </tr>
</thead>`;

const row = (name: string, type: string | Html, isRequired: boolean, meaning = ''): Html =>
  html`<tr>
    <td><code>${name}</code></td>
    <td>${type}</td>
    <td>${isRequired ? 'required' : ''}</td>
    <td>${meaning}</td>
  </tr>`;

/** One table a form: of a price, one for each model. */
const fieldsHtml = (schema: Schema, schemas: Schemas): Html =>
  join(
    formsOf(schema, schemas).filter(({ properties }) => properties !== undefined),
    ({ properties = {}, required = [] }) =>
      html`<table>
        ${head}${join(Object.entries(properties), ([name, field]) => row(name, typeHtml(field), required.includes(name), meaningOf(field)))}
      </table>`,
  );

const meaningOf = ({ description, allOf }: Schema): string | undefined =>
  description ?? allOf?.find((each) => each.description !== undefined)?.description;
