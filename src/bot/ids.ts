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
