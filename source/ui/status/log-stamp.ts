/** When a line was written, as the operator's clock shows it. Pure. */

const padded = (value: number, length = 2) => String(value).padStart(length, '0');

/** `2026-11-20 10:00:00.123 ` in local time; empty for a time that can not be read. */
export const stampOf = (at: string): string => {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  return `${dayOf(time)} ${clockOf(time)}.${padded(time.getMilliseconds(), 3)} `;
};

const dayOf = (time: Date) => `${time.getFullYear()}-${padded(time.getMonth() + 1)}-${padded(time.getDate())}`;
const clockOf = (time: Date) => `${padded(time.getHours())}:${padded(time.getMinutes())}:${padded(time.getSeconds())}`;

/** `2026-11-20 10:00:00`, in local time; milliseconds since 1970. */
export const momentOf = (at: number): string => {
  const time = new Date(at);
  return `${dayOf(time)} ${clockOf(time)}`;
};
