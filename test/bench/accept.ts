// Lets the stand-in accept an order without the bot, so that what is open in a written data folder is open there too.

import type { ProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import type { Ref } from '../../src/domain/order.ts';
import type { Line } from '../../src/domain/service.ts';

/** Sends one ADSL recharge of 500 DA; resolves to the provider's id of it. */
export async function accept(provider: ProviderStandIn, ref: Ref, line: Line): Promise<string> {
  const response = await fetch(`${provider.url}/internet/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-access-token': provider.key },
    body: JSON.stringify({ type: 'ADSL', number: line, value: 500, ref }),
  });
  await response.arrayBuffer();
  const order = provider.orders().at(-1);
  if (order?.ref !== ref) throw new Error(`the stand-in did not accept ${ref}: HTTP ${response.status}`);
  return order.id;
}
