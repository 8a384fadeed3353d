/** What a service is given: variables, networks, mounts. Pure. */
import {formatMemory} from '../../display/format.ts';
import type {AttachedNetwork, Mount, ServiceDetails} from '../../plan/service-details.ts';
import {blank, type Line, line} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {fieldsRows, section} from './fields.ts';

const masked = 8;

/** Secrets are named and not shown. Ink would also draw what is hidden by its colour alone. */
export const environmentRows = ({environment}: ServiceDetails, width: number, figures: Figures): readonly Line[] => {
  if (environment.length === 0) return [line('It is given no variables.', 'muted')];
  const hidden = environment.filter(({value}) => value === undefined).length;
  const fields = environment.map(({name, value}) => ({
    label: name,
    value: value === undefined ? figures.mask.repeat(masked) : value || '(empty)',
    tone: value ? ('plain' as const) : ('muted' as const),
  }));
  const note = line(`${hidden} ${hidden === 1 ? 'value is' : 'values are'} hidden: secrets are never shown here.`, 'muted');
  return [...fieldsRows(fields, width), ...(hidden > 0 ? [blank, note] : [])];
};

const reach = ({internal}: AttachedNetwork) => {
  if (internal === undefined) return undefined;
  return internal ? 'internal: nothing on it reaches the outside' : 'reaches the outside';
};

export const networksRows = ({networks}: ServiceDetails, width: number): readonly Line[] => {
  if (networks.length === 0) return [line('It is on no network.', 'muted')];
  return networks.flatMap(network =>
    section(
      network.name,
      fieldsRows(
        [
          {label: '  Address', value: network.addresses.join('\n') || 'none while it does not run'},
          {label: '  Gateway', value: network.gateway},
          {label: '  Answers to', value: network.aliases.join(', ')},
          {label: '  Reach', value: reach(network)},
        ],
        width,
      ),
    ),
  );
};

const sourceOf = ({type, source}: Mount) => (source === '' ? (type === 'tmpfs' ? 'memory; gone when it ends' : 'nothing by name') : source);

export const mountsRows = ({mounts}: ServiceDetails, width: number): readonly Line[] => {
  if (mounts.length === 0) return [line('Nothing is mounted into it: what it writes goes with its container.', 'muted')];
  return mounts.flatMap(mount =>
    section(
      mount.target,
      fieldsRows(
        [
          {label: '  From', value: sourceOf(mount)},
          {label: '  Kind', value: `${mount.type}, ${mount.readOnly ? 'read only' : 'read and write'}`},
          {label: '  Size', value: mount.size === undefined ? undefined : `at most ${formatMemory(mount.size)}`},
        ],
        width,
      ),
    ),
  );
};
