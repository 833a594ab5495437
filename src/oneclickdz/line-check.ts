// Looking at a number before it is paid for. The documents name two methods for it (fact sheet §14 row 1): GET first,
// POST when GET is not known. Only a clear word about the number makes it wrong, and a yes for the other service is one;
// anything else that is no yes is "unavailable".

import { ProviderFault } from '../app/ports.ts';
import type { LineCheck } from '../domain/refusal.ts';
import { otherService, type Line, type Service } from '../domain/service.ts';
import type { Ask, Transport, Tried } from './transport.ts';
import { readLineOffer } from './wire.ts';

const PATH = 'internet/check-number';

/** Makes the check; it remembers the method that was understood. */
export function createLineCheck(transport: Transport): (service: Service, line: Line) => Promise<LineCheck> {
  let method: 'GET' | 'POST' = 'GET';

  function ask(how: 'GET' | 'POST', service: Service, line: Line): Promise<Tried> {
    const about = { type: service, number: line };
    const common = {
      method: how,
      path: PATH,
      endpoint: `${how} ${PATH}`,
      priority: 'person',
      purpose: 'read',
    } as const;
    const request: Ask = how === 'GET' ? { ...common, query: about } : { ...common, json: about };
    return transport.patiently(request);
  }

  async function check(service: Service, line: Line): Promise<LineCheck> {
    const first = method;
    const tried = await ask(first, service, line);
    const answer = understand(service, tried);
    if (answer.kind !== 'unavailable' || !isUnknownMethod(tried)) return answer;
    method = 'GET';
    if (first === 'POST') return answer;
    const second = understand(service, await ask('POST', service, line));
    if (second.kind !== 'unavailable') method = 'POST';
    return second;
  }

  return async (service, line) => {
    try {
      return await check(service, line);
    } catch (error) {
      if (error instanceof ProviderFault) return { kind: 'unavailable' };
      throw error;
    }
  };
}

const isUnknownMethod = (tried: Tried): boolean =>
  tried.kind === 'said' && (tried.complaint.status === 404 || tried.complaint.status === 405);

function understand(service: Service, tried: Tried): LineCheck {
  const other = otherService(service);
  if (tried.kind === 'ok') {
    const line = readLineOffer(tried.data);
    if (line === undefined) return { kind: 'unavailable' };
    const { offer, type } = line;
    if (type !== null && namesOnly(other, service, type)) return { kind: 'wrong', other };
    return offer === null ? { kind: 'found' } : { kind: 'found', offer };
  }
  if (tried.kind === 'no-answer' || tried.verdict.kind !== 'refused') return { kind: 'unavailable' };
  const { reason } = tried.verdict.refusal;
  if (reason !== 'wrong-number' && reason !== 'bad-request') return { kind: 'unavailable' };
  const { details = {}, message = '' } = tried.complaint;
  const told = [details.type, details.reason, message];
  return told.some((words = '') => namesOnly(other, service, words))
    ? { kind: 'wrong', other }
    : { kind: 'wrong' };
}

const NAMES: Record<Service, RegExp> = { ADSL: /ADSL|FIBRE|FIBER|FTT/i, '4G': /4G|LTE/i };

/** Whether the provider's words name the other service and not the one that was asked about. */
const namesOnly = (other: Service, asked: Service, words: string): boolean =>
  NAMES[other].test(words) && !NAMES[asked].test(words);
