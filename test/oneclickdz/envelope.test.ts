// The wrapping around every answer: payload, error, or neither.

import { expect, test } from 'vitest';
import { normalCode, readEnvelope, requestIdOf } from '../../src/oneclickdz/envelope.ts';

test.each([
  [
    { success: true, data: 1 },
    { kind: 'ok', data: 1, meta: undefined },
  ],
  [{ data: 1 }, { kind: 'ok', data: 1, meta: undefined }],
  [{ success: false }, { kind: 'error', code: undefined, message: '', details: {} }],
  [
    { success: false, error: 'no' },
    { kind: 'error', code: undefined, message: 'no', details: {} },
  ],
  [
    { success: false, message: 'no' },
    { kind: 'error', code: undefined, message: 'no', details: {} },
  ],
  [{ error: { code: 'err-phone' } }, { kind: 'error', code: 'ERR_PHONE', message: '', details: {} }],
  [{ message: 'Route not found', error: 'Not Found', statusCode: 404 }, { kind: 'none' }],
  [{ data: undefined, error: { message: 'x' } }, { kind: 'none' }],
  ['text', { kind: 'none' }],
  [undefined, { kind: 'none' }],
  [[1], { kind: 'none' }],
])('envelope %j', (body, envelope) => {
  expect(readEnvelope(body)).toEqual(envelope);
});

test.each([
  ['DUPLICATED-REF', 'DUPLICATED_REF'],
  [' err_phone ', 'ERR_PHONE'],
  ['what is this', undefined],
  ['', undefined],
  [undefined, undefined],
])('code %s', (code, normal) => {
  expect(normalCode(code)).toBe(normal);
});

test.each([
  [{ requestId: 'req_1' }, null, 'req_1'],
  [{ meta: { requestId: 'req-2' } }, 'h', 'req-2'],
  [{}, 'req-fpg', 'req-fpg'],
  [undefined, 'a b', undefined],
  [undefined, null, undefined],
])('request id of %j', (body, header, id) => {
  expect(requestIdOf(body, header)).toBe(id);
});
