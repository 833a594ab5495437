// PostgreSQL's words on the wire, as far as the world between the program and its server has to understand them.

export interface Frame {
  readonly type: string;
  readonly body: Buffer;
  readonly whole: Buffer;
}

/** `I`: in no transaction, `T`: in one, `E`: in one that failed. */
export type Status = 'I' | 'T' | 'E';

const HEAD = 5;

/** Cuts bytes as they come into whole frames. */
export function frameCutter(heard: (frame: Frame) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= HEAD) {
      const size = 1 + rest.readInt32BE(1);
      if (rest.length < size) return;
      const whole = rest.subarray(0, size);
      rest = rest.subarray(size);
      heard({ type: String.fromCharCode(whole.readUInt8(0)), whole, body: whole.subarray(HEAD) });
    }
  };
}

function frame(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A statement, or several, without values. */
export const question = (sql: string): Buffer => frame('Q', Buffer.from(`${sql}\0`));

export const FAREWELL = frame('X', Buffer.alloc(0));

/** The first words of a client. */
export function greetingOf(user: string, database: string, options: string): Buffer {
  const words = ['user', user, 'database', database, 'options', options, '', ''].join('\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + Buffer.byteLength(words));
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, Buffer.from(words)]);
}

const VERSION_3 = 3 << 16;

/** What a client asked for in its first words, by name; undefined for anything else than a client of this protocol. */
export function askedFor(greeting: Buffer): ReadonlyMap<string, string> | undefined {
  if (greeting.readInt32BE(4) !== VERSION_3) return undefined;
  const words = greeting.subarray(8).toString('utf8').split('\0');
  const asked = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) asked.set(words[i] ?? '', words[i + 1] ?? '');
  return asked;
}

const upToZero = (body: Buffer, from: number): string => body.toString('utf8', from, body.indexOf(0, from));

/** The statement in a client's frame. */
export function sqlIn({ type, body }: Frame): string | undefined {
  if (type === 'Q') return upToZero(body, 0);
  return type === 'P' ? upToZero(body, body.indexOf(0) + 1) : undefined;
}

/** The values of a row, as texts. */
export function valuesIn({ body }: Frame): (string | null)[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const size = body.readInt32BE(at);
    at += 4;
    if (size < 0) return null;
    at += size;
    return body.toString('utf8', at - size, at);
  });
}

/** What went wrong, by the server's own code. */
export function faultIn({ body }: Frame): { readonly code: string; readonly message: string } {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return { code: fields.get('C') ?? '', message: fields.get('M') ?? '' };
}

/** What a server says before it hangs up. */
export const fatal = (code: string, message: string): Buffer =>
  frame('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`));
