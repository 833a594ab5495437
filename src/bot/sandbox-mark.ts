// Whether messages to owners say SANDBOX. Nothing in a key's form tells, so the provider is asked; until it answers, what
// it said of this key last time counts, and nobody is shown a price before it was asked at least once.

import { ProviderFault, type Priority, type ProviderAccount, type Topups } from '../app/ports.ts';

/** What is remembered of the key in use, over restarts. */
interface KeyMemory {
  sandbox(): boolean | undefined;
  keep(sandbox: boolean): Promise<void>;
}

export interface SandboxMark {
  /** What is said on top of messages; a key that nobody knows anything of yet counts as real. */
  isSandbox(): boolean;
  /** Whether that is the provider's word, of now or of an earlier day. */
  isKnown(): boolean;
  /** Asks the provider whose key this is, and remembers the answer. Throws ProviderFault. */
  learn(priority?: Priority): Promise<void>;
  /** The provider's offers, asked for only after the key was asked about. */
  readonly offers: Topups['offers'];
}

/** Whoever gets no answer about the key gets none about offers either; any other trouble with it hinders no sale. */
const isAway = (error: unknown): boolean =>
  error instanceof ProviderFault && ['unreachable', 'timeout', 'no-access'].includes(error.code);

export function createSandboxMark(deps: {
  topups: Pick<Topups, 'account' | 'offers'> & {
    validate(priority?: Priority): Promise<ProviderAccount>;
  };
  memory: KeyMemory;
  /** The answer could not be remembered. */
  failed: (error: unknown) => void;
}): SandboxMark {
  const { topups, memory, failed } = deps;
  const said = (): boolean | undefined => topups.account()?.sandbox ?? memory.sandbox();

  async function learn(priority?: Priority): Promise<void> {
    const { sandbox } = await topups.validate(priority);
    await memory.keep(sandbox).catch(failed);
  }

  return {
    learn,
    isSandbox: () => said() === true,
    isKnown: () => said() !== undefined,
    offers: async (service, priority) => {
      if (said() === undefined)
        await learn(priority).catch((error: unknown) => {
          if (isAway(error)) throw error;
        });
      return topups.offers(service, priority);
    },
  };
}
