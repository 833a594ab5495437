// The cards on sale: what each costs the shop, and whether it is in stock.
import { ask } from './connection.js';
import { el } from './dom.js';
import { trying } from './notice.js';
import { fill } from './shop-provider.js';
import { world } from './store.js';
import { words } from './words.js';

function change(service, value, what) {
  const products = world.picture.shop.products[service].map((card) =>
    card.value === value ? { ...card, ...what } : card,
  );
  void trying(() => ask({ do: 'products', service, products }));
}

function row(service, { value }) {
  const t = words();
  const name = `${service} ${value}`;
  const price = el('input', {
    type: 'number',
    min: 0,
    step: 'any',
    dir: 'ltr',
    'aria-label': `${t.price}: ${name}`,
    onchange: () =>
      price.checkValidity() && price.value !== '' && change(service, value, { cost: Number(price.value) }),
  });
  const stock = el('input', {
    type: 'checkbox',
    'aria-label': `${t.inStock}: ${name}`,
    onchange: () => change(service, value, { available: stock.checked }),
  });
  return {
    place: el(
      'tr',
      {},
      el('th', { scope: 'row' }, el('bdi', {}, name)),
      el('td', {}, price),
      el('td', {}, stock),
    ),
    draw() {
      const card = world.picture.shop.products[service].find((one) => one.value === value);
      if (!card) return;
      fill(price, card.cost);
      stock.checked = card.available;
    },
  };
}

/** Creates the card. */
export function createStock() {
  const t = words();
  const rows = Object.entries(world.picture.shop.products).flatMap(([service, cards]) =>
    cards.map((card) => row(service, card)),
  );
  const heads = [t.card, t.price, t.inStock].map((head) => el('th', { scope: 'col' }, head));
  return {
    place: el(
      'details.card',
      {},
      el('summary', {}, el('h3', {}, t.stock)),
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, heads)),
        el(
          'tbody',
          {},
          rows.map(({ place }) => place),
        ),
      ),
    ),
    draw() {
      for (const one of rows) one.draw();
    },
  };
}
