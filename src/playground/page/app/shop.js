// Backstage: the bot's process, and the provider's side with its balance, stock, next order, orders and calls.
import { ask } from './connection.js';
import { button, el, icon } from './dom.js';
import { confirm, trying } from './notice.js';
import { go, route } from './route.js';
import { createCallLog } from './shop-calls.js';
import { createOrders } from './shop-orders.js';
import { createProvider } from './shop-provider.js';
import { createStock } from './shop-stock.js';
import { world } from './store.js';
import { words } from './words.js';

const act = (action) => void trying(() => ask(action));

function createBotCard() {
  const t = words();
  const state = el('span.state', { role: 'status' });
  const startOver = async () => {
    if (await confirm(t.sureStartOver, t.startOver)) act({ do: 'start-over' });
  };
  return {
    place: el(
      'section.card',
      { 'aria-label': t.botTitle },
      el('h3', {}, t.botTitle, ' ', state),
      el(
        'div.row',
        {},
        button('', { onclick: () => act({ do: 'restart-bot' }) }, t.restart),
        button('danger', { onclick: () => act({ do: 'kill-bot' }) }, t.kill),
        button('', { onclick: () => void startOver() }, t.startOver),
      ),
    ),
    draw() {
      state.className = `state ${world.picture.botState}`;
      state.textContent = t.botState[world.picture.botState];
    },
  };
}

/** Creates the panel in its place; `write` puts a line's number where one writes. */
export function createShop(place, write) {
  let parts;
  let language = '';

  function build() {
    const t = words();
    language = document.documentElement.lang;
    place.setAttribute('aria-label', t.shop);
    parts = {
      bot: createBotCard(),
      provider: createProvider((number) => {
        if (route.view === 'shop') go({ view: 'chat' });
        write(number);
      }),
      stock: createStock(),
      orders: createOrders(),
      calls: createCallLog(),
    };
    place.replaceChildren(
      el(
        'header',
        {},
        button(
          'quiet.close',
          { 'aria-label': t.closeShop, onclick: () => go({ view: 'chat' }) },
          icon('close'),
        ),
        el('h2', {}, t.shop),
      ),
      el(
        'div.cards',
        { tabindex: 0, role: 'region', 'aria-label': t.shop },
        ...Object.values(parts).map((part) => part.place),
      ),
    );
  }

  return {
    drawAll() {
      if (language !== document.documentElement.lang) build();
      for (const part of Object.values(parts)) part.draw();
    },
    /** Draws what a change of this kind concerns. */
    draw(kind) {
      if (!parts) return;
      if (kind === 'bot') parts.bot.draw();
      if (kind === 'call') parts.calls.draw();
      if (kind === 'order') parts.orders.draw();
      if (kind === 'shop') {
        parts.provider.draw();
        parts.stock.draw();
      }
    },
  };
}
