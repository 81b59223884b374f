/** The part of JSON Schema that our documents use, read for people: what a field is, and a value as an example. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export type Schemas = Readonly<Record<string, Schema>>;

const nameIn = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

const resolved = (schema: Schema, schemas: Schemas): Schema => {
  if (schema.$ref !== undefined) return resolved(schemas[nameIn(schema.$ref)] ?? {}, schemas);
  return (schema.allOf ?? []).reduce<Schema>((whole, each) => ({ ...whole, ...resolved(each, schemas) }), schema);
};

/** The forms a value may take; one where there is no choice. */
export const formsOf = (schema: Schema, schemas: Schemas): readonly Schema[] => {
  const whole = resolved(schema, schemas);
  const choice = whole.oneOf ?? whole.anyOf;
  return choice === undefined ? [whole] : choice.flatMap((each) => formsOf(each, schemas));
};

/** `text`, `list of Price`, `Money or null`. */
export const typeText = (schema: Schema): string => {
  if (schema.$ref !== undefined) return nameIn(schema.$ref);
  if (schema.allOf?.[0] !== undefined) return typeText(schema.allOf[0]);
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice !== undefined) return [...new Set(choice.map(typeText))].join(' or ');
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['any value']);
  return types.map((type) => plainName(type, schema)).join(' or ');
};

const plainName = (type: string, { items, format, additionalProperties }: Schema): string => {
  if (type === 'array') return `list of ${items === undefined ? 'any value' : typeText(items)}`;
  if (type === 'string') return format ?? 'text';
  if (type === 'object' && typeof additionalProperties === 'object') return `map to ${typeText(additionalProperties)}`;
  return type;
};

/** A value the schema could describe, from the examples it carries; what is optional only where it has one. */
export const exampleOf = (schema: Schema, schemas: Schemas): unknown => {
  const example = schema.example ?? resolved(schema, schemas).example;
  if (example !== undefined) return example;
  const [form] = formsOf(schema, schemas);
  if (form === undefined) return null;
  if (form.enum !== undefined) return form.enum[0];
  if (form.properties !== undefined) return exampleObject(form, schemas);
  const type = typeof form.type === 'string' ? form.type : form.type?.[0];
  switch (type) {
    case 'array':
      return form.items === undefined ? [] : [exampleOf(form.items, schemas)];
    case 'object':
      return {};
    case 'integer':
      return 0;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return '…';
  }
};

const exampleObject = ({ properties = {}, required = [] }: Schema, schemas: Schemas): unknown =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name, field]) => required.includes(name) || field.example !== undefined)
      .map(([name, field]) => [name, exampleOf(field, schemas)]),
  );
