// A grey PNG of ours as pixels, for the reader of QR codes.

import { inflateSync } from 'node:zlib';

/** Reads what `qrPicture` writes: eight bits of grey, no filter, one data chunk. */
export function readPng(png: Buffer): { width: number; height: number; data: Uint8Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const at = png.indexOf('IDAT');
  const raw = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const grey = raw.readUInt8(y * (width + 1) + 1 + x);
      data.fill(grey, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  return { width, height, data };
}
