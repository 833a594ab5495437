// A link as a picture to be scanned from another phone's screen: a black and white PNG, made here without any drawing.

import { crc32, deflateSync } from 'node:zlib';
import encodeQR from 'qr';

/** Pixels of a module, and the quiet zone around the code in modules. */
const SCALE = 10;
const QUIET = 4;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A row of pixels at eight bits each, after its filter byte. */
function pixels(row: readonly boolean[]): Buffer {
  const line = Buffer.alloc(row.length + 1, 0xff);
  line[0] = 0;
  row.forEach((isBlack, at) => {
    if (isBlack) line[at + 1] = 0;
  });
  return line;
}

/** The picture of a text; it is square. */
export function qrPicture(text: string): Buffer {
  const rows = encodeQR(text, 'raw', { border: QUIET, scale: SCALE, ecc: 'medium' });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows.length, 0);
  header.writeUInt32BE(rows.length, 4);
  // Eight bits of grey, and the only compression, filter and order that there are.
  header.writeUInt8(8, 8);
  const data = deflateSync(Buffer.concat(rows.map(pixels)));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
