/** Numbers as a person reads them; shared by every display. Pure. */

interface Scale {
  readonly base: number;
  readonly units: readonly string[];
}

/** Transfers and disks, as `docker pull` and `docker images` count them. */
const decimal: Scale = {base: 1000, units: ['B', 'kB', 'MB', 'GB', 'TB', 'PB']};
/** Memory, as `docker stats` counts it. */
const binary: Scale = {base: 1024, units: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']};

const round = (value: number, whole: boolean) => {
  const digits = whole || value >= 99.95 ? 0 : 1;
  return value.toFixed(digits).replace(/\.0$/, '');
};

const scaled = (amount: number, {base, units}: Scale): string => {
  const clean = Number.isFinite(amount) ? Math.max(0, amount) : 0;
  const last = units.length - 1;
  let step = 0;
  let value = clean;
  // Half a unit below the next one is already shown as that one: 999.7 kB would read `1000 kB`.
  while (step < last && value >= base - 0.5) {
    value /= base;
    step += 1;
  }
  return `${round(value, step === 0)} ${units[step] ?? ''}`;
};

/** `0 B`, `85.6 kB`, `396 MB`, `1.2 GB`: at most three digits before the point and one after it. */
export const formatBytes = (bytes: number): string => scaled(bytes, decimal);

/** `512 MiB`, `7.8 GiB`. */
export const formatMemory = (bytes: number): string => scaled(bytes, binary);

/** `12.4 MB/s`. */
export const formatSpeed = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

const two = (value: number) => String(value).padStart(2, '0');

/** Of milliseconds: `0.4s`, `12s`, `1m 05s`, `2h 07m`, `3d 04h`. Tenths only below ten seconds. */
export const formatDuration = (milliseconds: number): string => {
  const clean = Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
  if (clean < 9950) return `${(clean / 1000).toFixed(1).replace(/\.0$/, '')}s`;
  const seconds = Math.round(clean / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
};

/** Of a part and its whole: `42%`. Rounded down, so that 100% means all of it; `0%` while the whole is not known. */
export const formatPercent = (current: number, total: number): string =>
  `${total > 0 ? Math.min(100, Math.max(0, Math.floor((current / total) * 100))) : 0}%`;

/** `2026-11-20 10:00 UTC`: servers and those who look after them are seldom in the same time zone. */
export const formatMoment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** `14:05:10 UTC`. */
export const formatClock = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;
