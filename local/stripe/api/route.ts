/** One operation of the API: method, path with `:name` places, the parameters it knows, and what it answers. */
import type { Account } from '../account/account.ts';
import type { Form } from './form.ts';
import { type Params, readParams, type Shape } from './params.ts';

export interface Call<S extends Shape> {
  readonly account: Account;
  /** What stood at the path's one place; empty where it has none. */
  readonly id: string;
  /** The path as asked, for `url` in lists. */
  readonly path: string;
  readonly params: Params<S>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly answer: (account: Account, id: string, path: string, form: Form) => object;
}

export const route = <S extends Shape>(
  method: Route['method'],
  path: string,
  shape: S,
  run: (call: Call<S>) => object,
): Route => ({
  method,
  path,
  answer: (account, id, asked, form) => run({ account, id, path: asked, params: readParams(form, shape) }),
});

/** The id in a path that this route answers, '' where the route has no place for one; undefined where it does not. */
export const matchPath = (pattern: string, path: string): string | undefined => {
  const places = pattern.split('/');
  const steps = path.split('/');
  if (places.length !== steps.length) return undefined;
  let id = '';
  for (const [index, place] of places.entries()) {
    const step = steps[index] ?? '';
    if (place === ':id' && step !== '') id = decodeURIComponent(step);
    else if (place !== step) return undefined;
  }
  return id;
};
