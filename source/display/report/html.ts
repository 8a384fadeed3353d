/** Markup from values: text is escaped by whoever puts it in, and nothing else can. Pure. */
import {printableLine} from '../../printable.ts';

/** A piece of markup. Only the functions of this file make one. */
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

const escaped = (text: string) => printableLine(text).replace(/[&<>"']/g, character => entities[character] ?? '');

export type Content = string | number | Markup | readonly Content[];

const isList = (content: Content): content is readonly Content[] => Array.isArray(content);

const inner = (content: Content): string => {
  if (isList(content)) return content.map(inner).join('');
  return typeof content === 'object' ? content.markup : escaped(String(content));
};

type Attributes = Readonly<Record<string, string | number | undefined>>;

const withoutEnd = new Set(['meta', 'br']);

/** `element('a', {href}, 'text')`. Attributes without a value are left out. */
export const element = (name: string, attributes: Attributes, ...content: readonly Content[]): Markup => {
  const words = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(String(value))}"`]));
  const start = `<${name}${words.join('')}>`;
  return {markup: withoutEnd.has(name) ? start : `${start}${inner(content)}</${name}>`};
};

/** Style rules of our own, the only text that is not escaped: entities mean nothing in them. */
export const styleSheet = (rules: string): Markup => ({markup: `<style>${rules}</style>`});

/** Addresses that a browser may follow; anything else is shown as text. */
export const linkTo = (url: string): Markup =>
  /^https?:\/\/[^\s"'<>]+$/.test(url) ? element('a', {href: url, rel: 'noreferrer'}, url) : element('span', {}, url);
