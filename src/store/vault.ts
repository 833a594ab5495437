// Card codes at rest: AES-256-GCM, bound to the order's reference, so that a code can't be read under another order.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Vault } from '../app/ports.ts';
import type { SealedCode } from '../domain/order.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^v1\.([\w-]{16})\.([\w-]{22})\.([\w-]*)$/;

const isSealed = (text: string): text is SealedCode => FORM.test(text);

/** Seals as `v1.<iv>.<tag>.<data>`, each base64url. `key`: 32 bytes, copied; throws RangeError for another length. */
export function createVault(key: Uint8Array): Vault {
  if (key.length !== KEY_BYTES) throw new RangeError(`a card key has ${KEY_BYTES} bytes`);
  const secret = Uint8Array.from(key);

  return {
    seal(code, ref) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, secret, iv, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(ref),
      );
      const data = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()]);
      const sealed = [
        'v1',
        ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url')),
      ].join('.');
      if (!isSealed(sealed)) throw new RangeError('a sealed code of no known form');
      return sealed;
    },
    open(sealed, ref) {
      const parts = FORM.exec(sealed);
      if (parts === null) return undefined;
      const [iv, tag, data] = parts.slice(1).map((part) => Buffer.from(part, 'base64url'));
      if (iv === undefined || tag === undefined || data === undefined) return undefined;
      try {
        const decipher = createDecipheriv(CIPHER, secret, iv, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(ref)).setAuthTag(tag);
        return decipher.update(data, undefined, 'utf8') + decipher.final('utf8');
      } catch {
        // Another key, another order, or altered data: GCM does not say which, and nobody needs to know.
        return undefined;
      }
    },
  };
}
