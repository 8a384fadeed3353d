/** The few words of DER (ITU-T X.690) that a certificate needs. */
function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...length(content.length)]), content]);
}

function length(size: number): readonly number[] {
  if (size < 0x80) return [size];
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
}

export const sequence = (...parts: readonly Buffer[]) => element(0x30, ...parts);
export const set = (...parts: readonly Buffer[]) => element(0x31, ...parts);
export const boolean = (value: boolean) => element(0x01, Buffer.from([value ? 0xff : 0]));
/** Big-endian, with a first byte below 128. */
export const integer = (bytes: Buffer) => element(0x02, bytes);
export const bitString = (bytes: Buffer) => element(0x03, Buffer.from([0]), bytes);
export const octetString = (bytes: Buffer) => element(0x04, bytes);
export const utf8 = (text: string) => element(0x0c, Buffer.from(text, 'utf8'));
export const implicit = (tag: number, bytes: Buffer) => element(0x80 + tag, bytes);
export const explicit = (tag: number, inner: Buffer) => element(0xa0 + tag, inner);

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** Two-digit years: until 2049. */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return element(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}

export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
