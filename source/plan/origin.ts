/** Where something that a plan shows was decided: the answer to go back to. Pure. */
import type {Component} from '../catalog/catalog.ts';
import type {ApplicableInput} from './inputs.ts';
import type {PublishedPort, ServiceModel} from './model.ts';

export type Origin =
  | {readonly kind: 'basics'; readonly field: 'tier' | 'environment' | 'strategy'}
  /** `component`: or `platform`. */
  | {readonly kind: 'setting'; readonly component: string; readonly input: string}
  /** All of them together. */
  | {readonly kind: 'settings' | 'picks'}
  | {readonly kind: 'component'; readonly component: string};

/** Undefined for what the operator's own overlay brings: nothing that is asked changes it. */
export const componentOrigin = (component: string | undefined): Origin | undefined =>
  component === undefined ? undefined : {kind: 'component', component};

export const inputOrigin = ({component, input}: Pick<ApplicableInput, 'component' | 'input'>): Origin => ({
  kind: 'setting',
  component,
  input: input.id,
});

/** The setting that says which port it is, or the component that publishes it. */
export const portOrigin = (
  inputs: readonly ApplicableInput[],
  {component}: Pick<ServiceModel, 'component'>,
  {port}: Pick<PublishedPort, 'port'>,
): Origin | undefined => {
  const setting = inputs.find(other => other.component === component && other.input.type === 'port' && other.value === String(port));
  return setting ? inputOrigin(setting) : componentOrigin(component);
};

/** The component's setting that the address is made from, a host name before anything else; or the component. */
export const linkOrigin = (inputs: readonly ApplicableInput[], {id}: Pick<Component, 'id'>, url: string): Origin => {
  const settings = inputs.filter(({component, input}) => component === id && url.includes(`\${${input.env}}`));
  const setting = settings.find(({input}) => input.type === 'host') ?? settings[0];
  return setting ? inputOrigin(setting) : {kind: 'component', component: id};
};

/** What has the values of all settings in it has no origin that is narrower. */
export const fileOrigin = (path: string, component: string | undefined): Origin | undefined =>
  path === '.env' ? {kind: 'settings'} : componentOrigin(component);

/** As scripts and people name it: `tier`, `platform.domain`, a component's id. */
export const originName = (origin: Origin): string => {
  switch (origin.kind) {
    case 'basics':
      return origin.field;
    case 'setting':
      return `${origin.component}.${origin.input}`;
    case 'settings':
    case 'picks':
      return origin.kind;
    case 'component':
      return origin.component;
  }
};
