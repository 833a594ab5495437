// Where a purchase stands and where it goes next: what the script (buy.ts) is driven by and the entries (entry.ts) begin
// with. Plain JSON, because it is kept in the stored flow.

import type { Line, Service } from '../domain/service.ts';
import type { Note } from './notes.ts';

/** A line that the provider knows, and what it says of it. */
export interface Chosen {
  readonly service: Service;
  readonly line: Line;
  readonly offer: string | null;
}

/** How a purchase begins: from the menu, from a number, or with everything said already. Plain JSON. */
export interface Start {
  readonly flow: string;
  readonly owner: number;
  readonly promptId: number | null;
  readonly beganWith: number | null;
  readonly first: Step;
}

/** Where the script goes next. Amounts in centimes. */
export type Step =
  | {
      readonly to: 'service';
      readonly digits: string | null;
      readonly value: number | null;
      readonly note: Note | null;
    }
  | { readonly to: 'number'; readonly service: Service; readonly note: Note | null }
  | { readonly to: 'find'; readonly service: Service; readonly text: string; readonly value: number | null }
  | (Chosen & { readonly to: 'value'; readonly note: Note | null; readonly fitting: boolean })
  | (Chosen & { readonly to: 'confirm'; readonly value: number; readonly note: Note | null })
  | { readonly to: 'end' };

/** The first question, with nothing said yet. */
export const MENU: Step = { to: 'service', digits: null, value: null, note: null };
