// Loaded before the bot with `--import`, to show that a day of kills can go wrong: MISBEHAVE says what the process does to
// the requests that leave it, whatever the bot means by them; several deeds with a blank in between.

const realFetch = globalThis.fetch;
type Fetch = typeof realFetch;

/** Buys every purchase once more under a reference of its own. */
const buyTwice: Fetch = async (target, init) => {
  const request = new Request(target, init);
  if (request.url.endsWith('/internet/send')) {
    const text = await request.clone().text();
    const again = text.replace(/"ref":"([^"]{1,20})[^"]*"/, '"ref":"$1again"');
    const { headers, method, url } = request;
    await realFetch(url, {
      method,
      headers: [...headers].filter(([name]) => name !== 'content-length'),
      body: again,
    });
  }
  return realFetch(request);
};

/** Telegram is said to have shown an end that it was never told. */
const hidingEnds =
  (next: Fetch): Fetch =>
  async (target, init) => {
    const isEnd = typeof init?.body === 'string' && /"text":"(?:✅|↩)/u.test(init.body);
    const address = target instanceof Request ? target.url : String(target);
    return isEnd && address.endsWith('/editMessageText')
      ? Response.json({ ok: true, result: true })
      : next(target, init);
  };

const deeds = process.env['MISBEHAVE']?.split(' ') ?? [];
const buying = deeds.includes('buy-twice') ? buyTwice : realFetch;
globalThis.fetch = deeds.includes('hide-ends') ? hidingEnds(buying) : buying;
