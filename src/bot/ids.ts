// Names that nobody else makes: of purchases, by which the provider knows them too, and of running flows.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../app/ports.ts';
import { isRef, type Ref } from '../domain/order.ts';

/** A reference of letters and digits only, so that a prefix put before it can be told from it; they sort by time. */
export const createNewRef =
  (clock: Clock): (() => Ref) =>
  () => {
    const random = BigInt(`0x${randomBytes(8).toString('hex')}`)
      .toString(36)
      .padStart(13, '0');
    const ref = `t${clock().toString(36)}${random}`;
    if (!isRef(ref)) throw new Error('a new reference is malformed');
    return ref;
  };

/** A flow's name, short enough for every button that carries it. */
export const newFlow = (): string => randomBytes(4).readUInt32BE().toString(36);

/** The id of a movement of money or a request, short enough for a button. */
export const newId = (): string => randomBytes(8).readBigUInt64BE().toString(36);

/** What an invitation's link carries: 128 bits, in the letters that a deep link takes. */
export const newToken = (): string => randomBytes(16).toString('base64url');
