// What leaves for the provider and what comes back: bought by somebody's confirmation (1), safe on disk before (2), never
// after a refused key (3), and again only after repeated denials (4).

import type { Court } from './court.ts';
import type { Asked, Reply } from './network-calls.ts';

/** How often the provider must have said that it does not know a reference, and for how long, before it is sent again. */
const DENIALS_BEFORE_RESEND = 5;
// Less than three minutes by what a slow disk takes between writing a send down and sending.
const RESEND_AFTER_MS = 150_000;

interface Sends {
  lastAt: number;
  denials: number;
  /** The last one was answered as not executed. */
  isFree: boolean;
}

export interface SendChecks {
  readonly leaves: (asked: Asked) => void;
  readonly heard: (asked: Asked, reply: Reply) => void;
}

export function sendChecks({ time, plan, book, deeds, life, test, broken }: Court): SendChecks {
  const sends = new Map<string, Sends>();
  let haltedIn: number | undefined;

  function onSend(ref: string): void {
    const known = sends.get(ref);
    test(1);
    test(2);
    // Orders that the program repeats of its own accord would show here under a name that nobody has pressed.
    if (!deeds().paid.has(ref)) broken(1, `sent ${ref}, which nobody has confirmed`);
    const kept = book.durable()?.orders.find(({ order }) => order.ref === ref);
    if (kept === undefined) broken(2, `sent ${ref} before the order was safe on disk`);
    else if (kept.order.state.name !== 'sending')
      broken(2, `sent ${ref} while the disk says ${kept.order.state.name}`);
    if (known !== undefined && !known.isFree) checkResend(ref, known);
    sends.set(ref, { lastAt: time.now(), denials: 0, isFree: false });
  }

  function checkResend(ref: string, { denials, lastAt }: Sends): void {
    test(4);
    const since = time.now() - lastAt;
    // Whose clock is set while it waits can't know how long it has waited.
    const isSoon = since < RESEND_AFTER_MS && plan.clockStep === null;
    if (denials < DENIALS_BEFORE_RESEND || isSoon)
      broken(4, `sent ${ref} again after ${denials} denials and ${Math.round(since / 1000)} s`);
  }

  return {
    leaves({ service, name, body, keyed }) {
      if (service !== 'provider') return;
      if (haltedIn === life() && keyed)
        broken(3, 'the provider was asked again after it had refused the key');
      if (name === 'POST internet/send') onSend(String(body['ref']));
    },
    heard({ service, name, body, path }, { status, body: said }) {
      if (service !== 'provider') return;
      if (status === 401) haltedIn = life();
      if (name === 'POST internet/send') {
        const sent = sends.get(String(body['ref']));
        const text = JSON.stringify(said);
        if (sent !== undefined && (status === 429 || (status === 503 && text.includes('AUTH_UNAVAILABLE'))))
          sent.isFree = true;
      }
      if (name === 'GET internet/check-ref' && status === 404) {
        const key = decodeURIComponent(path.split('/').at(-1) ?? '');
        const sent = sends.get(key.replace(/^API-shop-/, ''));
        if (sent !== undefined && !key.startsWith('API-')) sent.denials += 1;
      }
    },
  };
}
