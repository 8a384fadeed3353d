import {useMemo, useState} from 'react';
import type {Catalog} from '../../catalog/catalog.ts';
import {type DemandReader, demandReader} from '../../plan/demand.ts';
import type {HostFindings} from '../../plan/findings.ts';
import {type Outlook, outlookOf} from '../wizard/outlook.ts';
import type {WizardState} from '../wizard/state.ts';

export interface KnownOutlook extends Outlook {
  readonly host: HostFindings | undefined;
  readonly read: DemandReader;
}

/** What the picks mean for this host; worked out again only when one of the two changed, and not on screens that do not say it. */
export const useOutlook = (catalog: Catalog, {screen, answers, host}: WizardState): KnownOutlook | undefined => {
  const [read] = useState(demandReader);
  const wanted = ['basics', 'components', 'settings'].includes(screen.name);
  const found = host.status === 'ready' ? host.value : undefined;
  return useMemo(
    () => (wanted ? {...outlookOf(catalog, answers, found, read), host: found, read} : undefined),
    [wanted, catalog, answers, found, read],
  );
};
