import {setTimeout as delay} from 'node:timers/promises';

/** A byte rate shared by all connections. */
export class Throttle {
  #next = 0;
  #bytesPerSecond: number | undefined;

  constructor(bytesPerSecond: number | undefined) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** How much to send at once: a twentieth of a second's worth, so that progress flows at any rate. */
  get chunkSize(): number {
    return this.#bytesPerSecond === undefined ? 1 << 18 : Math.max(1024, Math.min(1 << 16, Math.floor(this.#bytesPerSecond / 20)));
  }

  /** Resolves when so many bytes may be sent. */
  async take(bytes: number): Promise<void> {
    if (this.#bytesPerSecond === undefined) return;
    const now = performance.now();
    const start = Math.max(now, this.#next);
    this.#next = start + (bytes / this.#bytesPerSecond) * 1000;
    await delay(start - now);
  }

  /** A new rate counts from now: what was promised at the old one is forgotten. */
  setRate(bytesPerSecond: number | undefined): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#next = 0;
  }
}
