// Corrections that an owner has seen and not confirmed yet. They are on disk, so that a restart between the question and
// the answer changes nothing, and go with the answer, or a day later.

import { recordKey, type CorrectionDraft } from '../domain/shop.ts';
import { MOVE_WITHIN_MS } from './movement.ts';
import type { Clock, Store } from './ports.ts';

export function createCorrections({ store, clock }: { store: Store; clock: Clock }) {
  const drop = (drafts: readonly CorrectionDraft[]) =>
    store.change({ puts: [], drops: drafts.map(recordKey), entries: [], audit: [] });

  return {
    /** The movement's id is new. */
    keepDraft: (draft: Omit<CorrectionDraft, 'kind' | 'rev'>) =>
      store.change({ puts: [{ kind: 'draft', rev: 1, ...draft }], entries: [], audit: [] }),

    draft: (id: string): Promise<CorrectionDraft | undefined> => store.record('draft', id),

    /** The owner thought better of it. */
    dropDraft: async (by: number, id: string): Promise<void> => {
      const draft = await store.record('draft', id);
      if (draft?.by === by) await drop([draft]);
    },

    /** Lets go of those that would be too late now. */
    sweepDrafts: async (): Promise<void> => {
      const old = (await store.records('draft')).filter(({ at }) => clock() - at > MOVE_WITHIN_MS);
      if (old.length > 0) await drop(old);
    },
  };
}
