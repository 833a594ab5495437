// Keeps other web sites out: the page listens on this machine only, but any site open in the same browser could still
// send requests to it.
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is refused, or undefined when it comes from the page itself or from the address bar. */
export function refusalOf(
  request: { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders },
  port: number,
): string | undefined {
  const { method, path, headers } = request;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // A foreign name that resolves to this machine would otherwise make a foreign page same-origin.
  if (headers.host === undefined || !hosts.includes(headers.host)) return 'another host name';
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) return 'another origin';
  if (method !== 'GET' && origin === undefined) return 'no origin';
  const site = headers['sec-fetch-site'];
  const isLink = method === 'GET' && path === '/' && headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink) return 'another site';
  return undefined;
}

/** Sent with every answer: nothing from elsewhere is loaded, nothing inline is run, nobody frames the page. */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
