/**
 * Draws the pictures of the README from recorded data. `--check` draws nothing: it fails when a picture is not what the program shows today.
 * Colours are on whatever the terminal: FORCE_COLOR has to be set before Ink is loaded.
 */
import {mkdir, readFile, writeFile} from 'node:fs/promises';

process.env.FORCE_COLOR = '1';
const {openScene} = await import('./ui/open.tsx');
const {svgOf} = await import('./helpers/svg.ts');

const size = {columns: 100, rows: 22};
const pictures = [
  {scene: 'rollout', title: 'A rollout: images arrive while services start'},
  {scene: 'review', title: 'The review: every step with its cause'},
] as const;

const folder = new URL('pictures/', import.meta.url);
await mkdir(folder, {recursive: true});
for (const {scene, title} of pictures) {
  const screen = await openScene(scene, size);
  const picture = svgOf(await screen.runs(), size.columns, title);
  screen.close();
  const file = new URL(`${scene}.svg`, folder);
  if (!process.argv.includes('--check')) await writeFile(file, picture);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== picture) {
    console.error(`test/pictures/${scene}.svg is not what the program shows today. Draw it again: npm run screenshot`);
    process.exitCode = 1;
  }
}
process.exit();
