// Paging and date windows of the two list endpoints, with the limits of the provider's pages
// (fact sheet §3.7 and §4) enforced rather than bent into range.
import { failure } from './envelope.ts';
import type { Failure, Result, Shape } from './envelope.ts';

/** A page asked for; `from` and `to` in epoch milliseconds, both inclusive. */
export type PageQuery = {
  readonly page: number;
  readonly pageSize: number;
  readonly from: number;
  readonly to: number;
};

/** Reads page (≥1), pageSize (1–100, default 20), from and to (ISO 8601, both or neither), or says ERR_VALIDATION. */
export function readPageQuery(query: URLSearchParams): PageQuery | Failure {
  const page = whole(query.get('page'), 1);
  const pageSize = whole(query.get('pageSize'), 20);
  if (page === undefined || page < 1) return invalid('page', 'must be a whole number from 1');
  if (pageSize === undefined || pageSize < 1 || pageSize > 100) {
    return invalid('pageSize', 'must be a whole number from 1 to 100');
  }
  if (query.has('from') !== query.has('to')) return invalid('from,to', 'must be given together');
  const from = moment(query.get('from'), -Infinity);
  const to = moment(query.get('to'), Infinity);
  if (from === undefined) return invalid('from', 'must be an ISO 8601 date');
  if (to === undefined) return invalid('to', 'must be an ISO 8601 date');
  return { page, pageSize, from, to };
}

/** Cuts one page out of rows that are already newest first, in the container the shape asks for. */
export function pageOf(rows: readonly object[], { page, pageSize }: PageQuery, shape: Shape['list']): Result {
  const shown = rows.slice((page - 1) * pageSize, page * pageSize);
  const totalPages = Math.ceil(rows.length / pageSize);
  if (shape === 'items') {
    const pagination = { page, pageSize, totalPages, totalResults: rows.length };
    return { ok: true, data: { items: shown, pagination } };
  }
  const pagination = {
    currentPage: page,
    totalPages,
    totalItems: rows.length,
    hasNextPage: page < totalPages,
  };
  return { ok: true, data: { topups: shown }, meta: { pagination } };
}

/** The failure for a parameter that is missing or malformed. */
export function invalid(path: string, message: string): Failure {
  return failure(400, 'ERR_VALIDATION', `Invalid parameter: ${path} ${message}`, {
    details: { path, message },
  });
}

function whole(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function moment(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise;
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
