/** The platform as one page of HTML that opens offline: no script, nothing fetched, nothing that lets one in. Pure. */
import {shortDigest} from '../../plan/image-lock.ts';
import {formatDuration, formatMemory} from '../format.ts';
import {type Content, element, linkTo, type Markup, styleSheet} from './html.ts';
import type {PlatformReport, ReportService} from './model.ts';
import {style} from './style.ts';
import {topology} from './topology.ts';

const none = '-';

const table = (titles: readonly string[], rows: readonly (readonly Content[])[]): Markup =>
  element(
    'div',
    {class: 'scroll'},
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...titles.map(title => element('th', {scope: 'col'}, title)))),
      element('tbody', {}, ...rows.map(cells => element('tr', {}, ...cells.map(cell => element('td', {}, cell))))),
    ),
  );

/** The word says it all; the colour only helps the eye. */
const health = ({state, health: said, isJob, exitCode}: ReportService): Markup => {
  if (isJob && state === 'exited')
    return element('span', {class: exitCode === 0 ? 'good' : 'bad'}, exitCode === 0 ? 'done' : `ended with ${exitCode}`);
  if (state !== 'running') return element('span', {class: 'bad'}, exitCode === undefined ? state : `${state} (${exitCode})`);
  const word = said ?? 'running';
  return element('span', {class: word === 'unhealthy' ? 'bad' : word === 'starting' ? 'wait' : 'good'}, word);
};

const serviceCells = (service: ReportService, at: number): readonly Content[] => [
  [element('strong', {}, service.name), service.title === undefined ? '' : element('div', {class: 'soft'}, service.title)],
  health(service),
  service.state === 'running' && service.startedAt !== undefined ? formatDuration(at - service.startedAt) : none,
  service.restarts,
  [
    element('code', {}, service.image),
    service.digest === undefined ? '' : element('div', {class: 'soft mono', title: service.digest}, shortDigest(service.digest)),
  ],
  service.memoryLimit === undefined ? none : formatMemory(service.memoryLimit),
  service.ports.length > 0 ? service.ports.map(port => element('div', {class: 'mono'}, port)) : none,
  service.url === undefined ? none : linkTo(service.url),
];

const columns = ['Service', 'Health', 'Up', 'Restarts', 'Image', 'Memory limit', 'Published ports', 'Address'];

const phaseParts = (report: PlatformReport): readonly Markup[] =>
  report.phases.flatMap(({title, services}) => [
    element('h3', {}, title),
    table(
      columns,
      services.map(service => serviceCells(service, report.at)),
    ),
  ]);

const networkRows = ({networks, phases}: PlatformReport): readonly (readonly Content[])[] =>
  networks.map(({id, subnets, internal}) => [
    element('strong', {}, id),
    subnets.length > 0 ? subnets.map(subnet => element('div', {class: 'mono'}, subnet)) : none,
    internal ? 'internal: no way in or out' : 'open to the outside',
    phases.flatMap(({services}) => services.filter(service => service.networks.includes(id)).map(({name}) => name)).join(', ') || none,
  ]);

/** Tells a report from any other file. */
export const reportMark = '<meta name="generator" content="infra-wizard report">';

const head = (report: PlatformReport): readonly Markup[] => [
  element('meta', {charset: 'utf-8'}),
  element('meta', {name: 'viewport', content: 'width=device-width, initial-scale=1'}),
  // Belt and braces: a browser loads nothing and runs nothing for this page, whatever a name in it says.
  element('meta', {'http-equiv': 'Content-Security-Policy', content: "default-src 'none'; style-src 'unsafe-inline'"}),
  element('meta', {name: 'generator', content: 'infra-wizard report'}),
  element('title', {}, `${report.project}: the platform`),
  styleSheet(style),
];

const when = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const body = (report: PlatformReport): readonly Markup[] => [
  element('h1', {}, report.project),
  element(
    'p',
    {class: 'soft'},
    `${report.environment} on ${report.host}, ${report.domain}. Docker Engine ${report.engine}. As of ${when(report.at)}.`,
  ),
  element('p', {class: `summary ${report.isWell ? 'good' : 'bad'}`}, report.summary),
  ...(report.links.length > 0
    ? [
        element('h2', {}, 'Addresses'),
        table(
          ['What', 'Where'],
          report.links.map(({title, url}) => [title, linkTo(url)]),
        ),
      ]
    : []),
  element('h2', {}, 'Services'),
  ...phaseParts(report),
  element('h2', {}, 'Networks'),
  element('div', {class: 'scroll'}, topology(report)),
  table(['Network', 'Subnet', 'Reach', 'Services'], networkRows(report)),
];

export const reportHtml = (report: PlatformReport): string => {
  const page = element('html', {lang: 'en'}, element('head', {}, ...head(report)), element('body', {}, ...body(report)));
  return `<!doctype html>\n${page.markup}\n`;
};
