/**
 * Networks and services as a picture: a line for each network, a row for each service, a dot where the service is on the network.
 * Unlike boxes and arrows it stays readable with fifty services, and never crosses itself. Pure.
 */
import {element, type Markup} from './html.ts';
import type {PlatformReport, ReportNetwork, ReportService} from './model.ts';

const row = 26;
const column = 76;
const labels = 250;
const top = 118;

const x = (index: number) => labels + column / 2 + index * column;

const networkLine = ({id, subnets, internal}: ReportNetwork, index: number, bottom: number): Markup => {
  const kind = internal ? 'internal' : 'open';
  return element(
    'g',
    {class: `network ${kind}`},
    element('title', {}, `${id} ${subnets.join(', ')}${internal ? ', internal' : ''}`),
    element('line', {x1: x(index), y1: top - 8, x2: x(index), y2: bottom}),
    element('text', {transform: `translate(${x(index) + 4} ${top - 16}) rotate(-50)`}, id),
  );
};

/** From the first to the last network of a service, so that the eye can follow its row. */
const wire = (places: readonly number[], y: number): readonly Markup[] => {
  const [first, last] = [Math.min(...places), Math.max(...places)];
  return places.length > 1 ? [element('line', {class: 'wire', x1: x(first), y1: y, x2: x(last), y2: y})] : [];
};

const serviceRow = (service: ReportService, index: number, networks: readonly ReportNetwork[]): Markup => {
  const y = top + index * row + row / 2;
  const places = networks.flatMap(({id}, place) => (service.networks.includes(id) ? [place] : []));
  return element(
    'g',
    {class: 'service'},
    element('text', {x: labels - 14, y: y + 4, 'text-anchor': 'end'}, service.name),
    wire(places, y),
    ...places.map(place =>
      element('circle', {cx: x(place), cy: y, r: 5}, element('title', {}, `${service.name} is on ${networks[place]?.id ?? ''}`)),
    ),
  );
};

/** Nothing where no service is on any network. */
export const topology = ({phases, networks: all}: Pick<PlatformReport, 'phases' | 'networks'>): readonly Markup[] => {
  const services = phases.flatMap(phase => phase.services);
  const networks = all.filter(({id}) => services.some(service => service.networks.includes(id)));
  if (networks.length === 0) return [];
  const [width, height] = [labels + networks.length * column + 60, top + services.length * row + 12];
  return [
    element(
      'svg',
      {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': 'Services and the networks they are on'},
      ...networks.map((network, index) => networkLine(network, index, height - 8)),
      ...services.map((service, index) => serviceRow(service, index, networks)),
    ),
  ];
};
