import {type Needs, needsOf} from '../plan/needs.ts';
import {readServices} from '../plan/services.ts';
import {isOverlay, parsedOverlay} from '../plan/way-back-parts.ts';
import {filesNow} from '../workspace/earlier-files.ts';

/** What services need of each other as the overlays of a workspace say it now, those that compose does not read any more as well. */
export const writtenNeeds = async (directory: string): Promise<Needs> => {
  const files = await filesNow(directory);
  const overlays = [...files].filter(([path]) => isOverlay(path));
  return needsOf(overlays.flatMap(([, {content}]) => readServices(parsedOverlay(content), '')));
};
