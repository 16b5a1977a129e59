/** Rules about the route tables as they are mounted: every route has a permission and a strict shape. */
import type { Route } from '../../src/platform/http/routes';
import type { Finding } from './tree';

/** What is wrong with the mounted routes; the path of a finding is `METHOD /path`. */
export function routeFaults(routes: readonly Route[]): Finding[] {
  const seen = new Set<string>();
  return routes.flatMap((route) => {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const faults = [...faultsOf(route)];
    const key = name.replace(/:\w+/g, ':');
    if (seen.has(key)) faults.push('is mounted twice');
    seen.add(key);
    return faults.map((what) => ({ path: name, line: 0, what }));
  });
}

function* faultsOf(route: Route): Generator<string> {
  const declared = 'query' in route ? route.query : route.act;
  if (!declared) {
    yield 'leads to no act or query: the pipeline would be passed by';
    return;
  }
  if (!/^[a-z]\w*(\.[\w-]+)*$/.test(declared.permission ?? '')) {
    yield `has the permission «${declared.permission ?? ''}»: nobody could say who may call it`;
  }
  if (!/\p{Script=Han}/u.test(declared.title ?? '')) {
    yield 'has no Chinese title: the audit could not name it';
  }
  yield* shapeFaults(declared.input, route.path);
}

interface Described {
  readonly type?: string;
  readonly flags?: { unknown?: boolean };
  readonly preferences?: { allowUnknown?: boolean };
  readonly keys?: Record<string, unknown>;
}

function* shapeFaults(input: { describe(): object } | undefined, path: string): Generator<string> {
  const shape: Described = input?.describe() ?? {};
  if (shape.type !== 'object') {
    yield 'has no shape: anything could be sent to it';
    return;
  }
  if (shape.flags?.unknown || shape.preferences?.allowUnknown) {
    yield 'takes unknown fields: a misspelt field would be ignored in silence';
  }
  for (const [, parameter = ''] of path.matchAll(/:(\w+)/g)) {
    if (!(parameter in (shape.keys ?? {}))) yield `has :${parameter} in its path, not in its shape`;
  }
}
