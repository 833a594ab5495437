// From a request to a reply: the table of endpoints, the door in front of it and the envelope around it.
import * as account from './account-endpoints.ts';
import { failure, routerReply, wrap } from './envelope.ts';
import type { Reply, Result } from './envelope.ts';
import * as internet from './internet-endpoints.ts';
import type { Lost } from './outcome.ts';
import { invalid } from './paging.ts';
import { lostError, send } from './send-endpoint.ts';
import type { SendAnswer } from './send-endpoint.ts';
import type { World } from './world.ts';

/** A request as the application sees it; `path` is still percent-encoded, and below `/v3` when `underBase`. */
export type Request = {
  readonly method: string;
  readonly path: string;
  readonly underBase: boolean;
  readonly query: URLSearchParams;
  readonly key: string | undefined;
  readonly address: string;
  /** Parsed JSON, or undefined when there was none or it could not be read. */
  readonly body: unknown;
};

type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly handle: (world: World, request: Request, part: string) => SendAnswer;
  /** `optional` and `any` also answer a key that is switched off. */
  readonly key?: 'optional' | 'any';
};

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/validate$/, handle: (world) => account.validate(world), key: 'any' },
  { method: 'GET', path: /^\/ping$/, handle: () => account.ping(), key: 'optional' },
  { method: 'GET', path: /^\/account\/balance$/, handle: (world) => account.balance(world) },
  {
    method: 'GET',
    path: /^\/account\/transactions$/,
    handle: (world, { query }) => account.transactions(world, query),
  },
  {
    method: 'GET',
    path: /^\/internet\/products$/,
    handle: (world, { query }) => internet.products(world, query),
  },
  {
    method: 'GET',
    path: /^\/internet\/check-number$/,
    handle: (world, { query }) => internet.checkNumber(world, query),
  },
  { method: 'POST', path: /^\/internet\/send$/, handle: (world, { body }) => send(world, body) },
  {
    method: 'GET',
    path: /^\/internet\/check-id\/([^/]+)$/,
    handle: (world, _request, id) => decoded(id, (text) => internet.checkId(world, text)),
  },
  {
    method: 'GET',
    path: /^\/internet\/check-ref\/([^/]+)$/,
    handle: (world, _request, ref) => decoded(ref, (text) => internet.checkRef(world, text)),
  },
  { method: 'GET', path: /^\/internet\/list$/, handle: (world, { query }) => internet.list(world, query) },
];

/** Answers a request; `requestId` is quoted in the answer as the shape demands. */
export function answer(world: World, request: Request, requestId: string): Reply {
  world.book.catchUp();
  const { method, path, underBase } = request;
  if (!underBase) return routerReply(404, method, path);
  const known = routes.filter((route) => route.path.test(path));
  const route = known.find((candidate) => candidate.method === method);
  if (route === undefined) return routerReply(known.length > 0 ? 405 : 404, method, `/v3${path}`);
  const result =
    enter(world, request, route) ?? route.handle(world, request, route.path.exec(path)?.[1] ?? '');
  if ('lost' in result) return lostReply(world, result.lost, requestId);
  return wrap(result, world.shape, requestId, world.settings.now());
}

function enter(world: World, { key, address }: Request, route: Route): Result | undefined {
  const refused = world.gate.enter({ key, address, needsKey: route.key !== 'optional' });
  if (refused !== undefined) return refused;
  if (world.settings.keyEnabled || route.key !== undefined) return undefined;
  return failure(403, 'API_DISABLED', 'This key is switched off');
}

function lostReply(world: World, how: Lost['how'], requestId: string): Reply {
  switch (how) {
    case 'hang':
      return { kind: 'hang' };
    case 'drop':
      return { kind: 'drop' };
    case 'html':
      return { kind: 'html', status: 502 };
    case '500':
      return wrap(lostError(), world.shape, requestId, world.settings.now());
  }
}

function decoded(part: string, look: (text: string) => Result): Result {
  try {
    return look(decodeURIComponent(part));
  } catch {
    return invalid('path', 'is not percent-encoded correctly');
  }
}
