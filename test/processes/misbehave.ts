// Loaded before the bot with `--import`, to show that a day of kills can go wrong: MISBEHAVE says what the process does to
// the requests that leave it, whatever the bot means by them.

const realFetch = globalThis.fetch;

/** Buys every purchase once more under a reference of its own. */
const buyTwice: typeof realFetch = async (target, init) => {
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
const hideEnds: typeof realFetch = async (target, init) => {
  const isEnd = typeof init?.body === 'string' && /"text":"(?:✅|↩)/u.test(init.body);
  const address = target instanceof Request ? target.url : String(target);
  return isEnd && address.endsWith('/editMessageText')
    ? Response.json({ ok: true, result: true })
    : realFetch(target, init);
};

globalThis.fetch = process.env['MISBEHAVE'] === 'buy-twice' ? buyTwice : hideEnds;
