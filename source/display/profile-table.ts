/** Saved profiles as a table. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import {domainOf, isNewer, type SavedProfile, savedOn} from '../plan/saved-profile.ts';
import {table} from './tables.ts';

const titles = ['NAME', 'SAVED (UTC)', 'ENVIRONMENT', 'TIER', 'DOMAIN', 'COMPONENTS'].map(title => ({title}));

const rowOf = (saved: SavedProfile, catalog: Catalog, components: (names: readonly string[]) => string): readonly string[] => {
  if (isNewer(saved)) return [saved.name, `newer version (${saved.version})`];
  const {environment, tier, components: picked} = saved.answers;
  return [saved.name, savedOn(saved), environment, tier, domainOf(catalog, saved.answers), components(Object.keys(picked))];
};

/** Components by name; where that makes lines of more than `columns`, by their number. */
export const profileTable = (
  profiles: readonly SavedProfile[],
  catalog: Catalog,
  columns = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const rows = (components: (names: readonly string[]) => string) =>
    table(
      titles,
      profiles.map(saved => rowOf(saved, catalog, components)),
    );
  const byName = rows(names => names.join(' '));
  return byName.every(line => line.length <= columns) ? byName : rows(names => String(names.length));
};
