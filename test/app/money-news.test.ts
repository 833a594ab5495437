// News of money stay until the person has heard them.

import { expect, it } from 'vitest';
import { createMoneyNews, newsOf } from '../../src/app/money-news.ts';
import { dinars } from '../../src/domain/money.ts';
import { memoryStore } from './memory-store.ts';

it('what was heard is gone, once or twice; what others have not heard stays', async () => {
  const store = memoryStore();
  const news = createMoneyNews({ store });
  const moved = { person: 20, amount: dinars(500), by: 7, reason: '' };
  const [one, other] = ['m1', 'm2'].map((id) => newsOf(id, moved, 'deposit'));
  if (one === undefined || other === undefined) throw new Error('no news');
  await store.change({ puts: [one, other], entries: [], audit: [] });
  expect(await news.newsOf('m1')).toEqual(one);
  await news.heard('m1');
  await news.heard('m1');
  expect(await news.newsOf('m1')).toBeUndefined();
  expect(await news.allNews()).toEqual([other]);
});
