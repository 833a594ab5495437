// What stands in front of the bot's port, in a thread of its own, so that a busy bench is not taken for a slow bot: hands
// each call of Telegram's on and tells how long the bot took to answer it.

import { Agent, createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';

const { port, to } = z.object({ port: z.int(), to: z.int() }).parse(workerData);
const agent = new Agent({ keepAlive: true });

createServer((asked, response) => {
  void buffer(asked).then((body) => {
    const began = performance.now();
    const { method, url: path, headers } = asked;
    const handed = request({ agent, port: to, method, path, headers }, (answer) => {
      const { statusCode: status = 0 } = answer;
      parentPort?.postMessage({ ms: performance.now() - began, status });
      answer.resume();
      response.writeHead(status).end();
    });
    handed.on('error', () => response.destroy());
    handed.end(body);
  });
}).listen(port, '127.0.0.1', () => parentPort?.postMessage('listening'));
