// Text with entities, built from pieces so that offsets are never counted by hand and nothing needs escaping.
// The shape is Telegram's own, so that a message can be sent as it is.

/** Somebody who is called by an entity. */
export interface Called {
  /** Telegram user id. */
  readonly id: number;
  readonly name: string;
}

/** An entity in UTF-16 units, as Telegram counts. `date_time` carries unix seconds. */
export type Entity =
  | { readonly type: 'bold' | 'code' | 'spoiler'; readonly offset: number; readonly length: number }
  | {
      readonly type: 'date_time';
      readonly offset: number;
      readonly length: number;
      readonly unix_time: number;
      readonly date_time_format: 'r' | 't';
    }
  | {
      readonly type: 'text_mention';
      readonly offset: number;
      readonly length: number;
      readonly user: { readonly id: number; readonly is_bot: false; readonly first_name: string };
    };

export interface Rich {
  readonly text: string;
  readonly entities: readonly Entity[];
}

type Piece = Rich | string | number;

const asRich = (piece: Piece): Rich =>
  typeof piece === 'object' ? piece : { text: String(piece), entities: [] };

/** A sentence where entities can't be shown: on a label, in a toast or an alert. */
export const plainText = (sentence: Rich | string): string => asRich(sentence).text;

/** Puts pieces behind each other. */
export function join(pieces: readonly Piece[], separator = ''): Rich {
  let text = '';
  const entities: Entity[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) text += separator;
    const part = asRich(piece);
    for (const entity of part.entities) entities.push({ ...entity, offset: entity.offset + text.length });
    text += part.text;
  });
  return { text, entities };
}

/** A template whose values keep their entities: rich`Order ${bold(no)}`. */
export const rich = (strings: TemplateStringsArray, ...values: Piece[]): Rich =>
  join(strings.flatMap((string, i) => [string, values[i] ?? '']));

/** Lines below each other; null lines are left out. */
export const lines = (...all: readonly (Piece | null)[]): Rich =>
  join(
    all.filter((line) => line !== null),
    '\n',
  );

const wrap =
  (type: 'bold' | 'code' | 'spoiler') =>
  (piece: Piece): Rich => {
    const inner = asRich(piece);
    if (inner.text === '') return inner;
    return {
      text: inner.text,
      entities: [{ type, offset: 0, length: inner.text.length }, ...inner.entities],
    };
  };

export const bold = wrap('bold');
export const code = wrap('code');
export const spoiler = wrap('spoiler');

/** A moment that the reader's app shows as "12 seconds ago" and keeps current by itself; old apps show `fallback`. */
export const relative = (atMs: number, fallback: string): Rich => ({
  text: fallback,
  entities: [
    {
      type: 'date_time',
      offset: 0,
      length: fallback.length,
      unix_time: Math.floor(atMs / 1000),
      date_time_format: 'r',
    },
  ],
});

/** A name that calls whose it is, wherever it stands. */
export const mention = ({ id, name }: Called): Rich => ({
  text: name,
  entities: [
    { type: 'text_mention', offset: 0, length: name.length, user: { id, is_bot: false, first_name: name } },
  ],
});
