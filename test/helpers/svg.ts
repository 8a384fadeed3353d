/** A terminal's screen as a picture that needs no fonts but the reader's own. */
import type {Run} from './render-screen.ts';

const cell = {width: 8.4, height: 18, font: 14};
const margin = 14;

/** Of the terminal's 16 colours, those that the theme uses. */
const palette: Readonly<Record<number, string>> = {1: '#f47067', 2: '#57ab5a', 3: '#c69026', 6: '#39c5cf'};
const ink = '#d4dae2';
const paper = '#161b22';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const span = ({text, colour, bold, dim}: Run, column: number): string => {
  const fill = colour === undefined ? '' : ` fill="${palette[colour] ?? ink}"`;
  const look = `${bold ? ' font-weight="600"' : ''}${dim ? ' opacity="0.6"' : ''}`;
  // The length is given, so that the columns stand below each other in any font.
  const length = (text.length * cell.width).toFixed(1);
  const x = (margin + column * cell.width).toFixed(1);
  return `<tspan x="${x}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${fill}${look}>${escaped(text)}</tspan>`;
};

const row = (runs: readonly Run[], index: number): string => {
  let column = 0;
  const spans = runs.map(run => {
    const drawn = run.text.trim() === '' ? '' : span(run, column);
    column += run.text.length;
    return drawn;
  });
  const y = margin + (index + 0.75) * cell.height;
  return spans.join('') === '' ? '' : `  <text y="${y}" xml:space="preserve">${spans.join('')}</text>\n`;
};

export const svgOf = (rows: readonly (readonly Run[])[], columns: number, title: string): string => {
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = Math.ceil(rows.length * cell.height + 2 * margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `  <title>${escaped(title)}</title>`,
    `  <rect width="${width}" height="${height}" rx="8" fill="${paper}"/>`,
    `  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${cell.font}" fill="${ink}">`,
    `${rows.map(row).join('')}  </g>`,
    '</svg>',
    '',
  ].join('\n');
};
