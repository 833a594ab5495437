// `npm run demo [ar|fr|en]`: one purchase per outcome, played in the terminal by the real bot between the two stand-ins,
// and the books at its end. Exit code 0 only when everything went as shown.
import { openCounter } from './counter.ts';
import type { Counter } from './counter.ts';
import { balanceOf, playScene } from './demo-scene.ts';
import type { Played, Scene } from './demo-scene.ts';
import { demoWords, dinars } from './demo-words.ts';
import type { DemoLanguage } from './demo-words.ts';
import { WALLETS } from './opening.ts';
import { arabic, english, french } from './people.ts';
import type { PlaygroundPerson } from './people.ts';

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

/** Some money before and after, in dinars. */
type Money = { readonly before: number; readonly after: number };

function showBooks(
  language: DemoLanguage,
  played: readonly Played[],
  atProvider: Money,
  wallets: readonly (Money & { readonly person: PlaygroundPerson })[],
): void {
  const words = demoWords[language];
  const da = (amount: number): string => dinars(language, amount);
  title(words.books);
  print(`${words.before}: ${da(atProvider.before)}`);
  print(`${words.accepted}: ${played.length}`);
  for (const { order } of played) {
    const { type, number, value, status, debited, refunded } = order;
    const end = status === 'REFUNDED' ? words.status.REFUNDED : words.status.FULFILLED;
    const back = refunded === 0 ? '' : ` · ${words.given} ${da(refunded)}`;
    print(`  ${type} · ${number} · ${da(value)} · ${end} · ${words.taken} ${da(debited)}${back}`);
  }
  print(`${words.after}: ${da(atProvider.after)}`);
  for (const { person, before, after } of wallets)
    print(words.wallet(person.firstName, da(before), da(after)));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);

function check(what: string, { before, after }: Money, spent: number): void {
  if (before - spent !== after)
    throw new Error(`${what} does not add up: ${before} before, ${spent} spent, ${after} after.`);
}

async function play(counter: Counter, language: DemoLanguage | undefined): Promise<void> {
  const { provider } = counter;
  const narrator = language ?? 'en';
  const before = provider.balance();
  print(demoWords[narrator].intro);
  await counter.startBot();
  const played: (Played & { readonly person: PlaygroundPerson })[] = [];
  for (const scene of scenesIn(language)) {
    const { scene: titles, buyer } = demoWords[scene.language];
    title(`${titles[scene.ending]} · ${buyer}`);
    played.push({ person: scene.person, ...(await playScene(counter, scene, print)) });
  }
  const atProvider = { before, after: provider.balance() };
  const wallets = await Promise.all(
    WALLETS.filter(({ person }) => played.some((one) => one.person === person)).map(
      async ({ person, dinars: filled }) => ({
        ...{ person, before: filled, after: await balanceOf(counter, person) },
        spent: sum(played.filter((one) => one.person === person).map(({ paid }) => paid)),
      }),
    ),
  );
  showBooks(narrator, played, atProvider, wallets);
  check(
    'The money at the provider',
    atProvider,
    sum(played.map(({ order }) => order.debited - order.refunded)),
  );
  for (const wallet of wallets) check(`The wallet of ${wallet.person.firstName}`, wallet, wallet.spent);
  if (provider.orders().length !== played.length)
    throw new Error(`The provider has ${provider.orders().length} orders of ${played.length} purchases.`);
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
