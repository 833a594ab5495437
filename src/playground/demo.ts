// `npm run demo [ar|fr|en]`: one purchase per outcome, played in the terminal by the real bot between the two stand-ins,
// and the books at its end. Exit code 0 only when everything went as shown.
import { openCounter } from './counter.ts';
import type { Counter } from './counter.ts';
import { playScene } from './demo-scene.ts';
import type { Scene } from './demo-scene.ts';
import { demoWords, dinars } from './demo-words.ts';
import type { DemoLanguage } from './demo-words.ts';
import type { AcceptedOrder } from './oneclickdz/server.ts';
import { arabic, english, french } from './people.ts';

const PEOPLE = { ar: arabic, fr: french, en: english };

const print = (line: string): void => console.log(line);

function scenesIn(language: DemoLanguage | undefined): readonly Scene[] {
  const scene = (ending: Scene['ending'], usual: DemoLanguage): Scene => {
    const spoken = language ?? usual;
    return { ending, language: spoken, person: PEOPLE[spoken] };
  };
  return [scene('delivered', 'ar'), scene('refunded', 'fr'), scene('lost', 'en')];
}

function title(text: string): void {
  print('');
  print(`── ${text} ${'─'.repeat(Math.max(3, 90 - text.length))}`);
}

function showBooks(
  language: DemoLanguage,
  orders: readonly AcceptedOrder[],
  money: { before: number; after: number },
): void {
  const words = demoWords[language];
  const da = (amount: number): string => dinars(language, amount);
  title(words.books);
  print(`${words.before}: ${da(money.before)}`);
  print(`${words.accepted}: ${orders.length}`);
  for (const { type, number, value, status, debited, refunded } of orders) {
    const end = status === 'REFUNDED' ? words.status.REFUNDED : words.status.FULFILLED;
    const back = refunded === 0 ? '' : ` · ${words.given} ${da(refunded)}`;
    print(`  ${type} · ${number} · ${da(value)} · ${end} · ${words.taken} ${da(debited)}${back}`);
  }
  print(`${words.after}: ${da(money.after)}`);
}

async function play(counter: Counter, language: DemoLanguage | undefined): Promise<void> {
  const { provider } = counter;
  const narrator = language ?? 'en';
  const before = provider.balance();
  print(demoWords[narrator].intro);
  await counter.startBot();
  const orders: AcceptedOrder[] = [];
  for (const scene of scenesIn(language)) {
    title(demoWords[scene.language].scene[scene.ending]);
    orders.push(await playScene(counter, scene, print));
  }
  const after = provider.balance();
  showBooks(narrator, orders, { before, after });
  const spent = orders.reduce((sum, { debited, refunded }) => sum + debited - refunded, 0);
  if (provider.orders().length !== orders.length || before - spent !== after)
    throw new Error(`The books do not add up: ${before} before, ${spent} spent, ${after} after.`);
  print(demoWords[narrator].balanced);
}

function languageFrom(argument: string | undefined): DemoLanguage | undefined {
  if (argument === undefined || argument === 'ar' || argument === 'fr' || argument === 'en') return argument;
  throw new Error(`The demo speaks ar, fr or en, not ${argument}.`);
}

async function run(): Promise<void> {
  const language = languageFrom(process.argv[2]);
  const stopped = Promise.withResolvers<never>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stopped.reject(new Error('it was stopped.')));
  const counter = await openCounter();
  try {
    await Promise.race([play(counter, language), counter.died, stopped.promise]);
  } finally {
    await counter.close();
  }
}

try {
  await run();
} catch (error) {
  console.error(`The demo went differently: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
