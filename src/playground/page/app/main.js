// Puts the page together: every change from the server redraws the parts it concerns, and only those.
import { createChat } from './chat.js';
import { connect } from './connection.js';
import { drawList } from './list.js';
import { drawPeople } from './people.js';
import { arrive, route, seen } from './route.js';
import { createShop } from './shop.js';
import { onChange, receive, world } from './store.js';
import { words } from './words.js';

const place = (id) => document.getElementById(id);
const chat = createChat(place('chat'));
const shop = createShop(place('shop'), (text) => chat.write(text));
let drawnFor = '';

function drawSide() {
  drawPeople(place('people'));
  drawList(place('list'));
}

function drawRoute() {
  const person = world.picture.people.find(({ id }) => id === route.as);
  document.documentElement.lang = person.language;
  document.dir = words().dir;
  document.body.dataset.view = route.view;
  drawSide();
  const shownTo = `${route.as}:${route.chat}`;
  if (drawnFor !== shownTo) chat.drawAll();
  else chat.drawHead();
  shop.drawAll();
  drawnFor = shownTo;
}

onChange((change) => {
  switch (change.kind) {
    case 'picture':
      drawnFor = '';
      arrive();
      break;
    case 'route':
      drawRoute();
      break;
    case 'message':
      if (change.chatId === route.chat) chat.draw(change.message);
      drawSide();
      break;
    case 'chat':
      drawSide();
      if (change.chat.id === route.chat) chat.drawHead();
      break;
    case 'commands':
      chat.drawHead();
      break;
    case 'typing':
      chat.drawStatus();
      break;
    default:
      shop.draw(change.kind);
  }
});

addEventListener('focus', () => {
  if (!world.picture) return;
  seen();
  drawSide();
});

connect(
  (change) => receive(change, route),
  (isUp) => {
    world.isUp = isUp;
    if (world.picture) chat.drawStatus();
  },
);
