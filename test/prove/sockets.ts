// The program's end of a connection to its database, as the driver uses it: a socket that leads to the world and not to a
// network.

import { EventEmitter } from 'node:events';

/** The other end, as far as the socket knows it. */
export interface Peer {
  called(): void;
  wrote(bytes: Buffer): void;
  /** Nothing more will be written. */
  ended(): void;
  /** Nobody listens any more either. */
  dropped(): void;
}

export class WorldSocket extends EventEmitter {
  private readonly peer: Peer;
  writable = true;
  private isOver = false;

  constructor(peerOf: (socket: WorldSocket) => Peer) {
    super();
    this.peer = peerOf(this);
  }

  connect(): this {
    this.peer.called();
    return this;
  }

  write(bytes: Buffer, written?: () => void): boolean {
    if (this.writable) this.peer.wrote(bytes);
    if (written !== undefined) process.nextTick(written);
    return true;
  }

  end(): this {
    if (!this.writable) return this;
    this.writable = false;
    this.peer.ended();
    return this;
  }

  destroy(error?: Error): this {
    if (this.isOver) return this;
    this.peer.dropped();
    process.nextTick(() => this.close(error));
    return this;
  }

  /** The other end has spoken. */
  hear(bytes: Buffer): void {
    if (!this.isOver) this.emit('data', bytes);
  }

  /** It is over, with an error when the line broke. */
  close(error?: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.writable = false;
    if (error !== undefined) this.emit('error', error);
    else this.emit('end');
    this.emit('close');
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  cork(): void {
    /* Everything is sent when it is whole. */
  }
  uncork(): void {
    /* As above. */
  }
}
