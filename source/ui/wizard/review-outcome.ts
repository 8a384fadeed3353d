/** What the plan leads to, as items of the review: ports, addresses, download and memory. Pure. */

import {audienceOf, downloadText, firewallTexts, hostNetworkText, imageSizeText, memoryText, portText} from '../../display/consequences.ts';
import {formatMemory} from '../../display/format.ts';
import type {Review} from '../services.ts';
import type {Opened, ReviewItem} from './review-items.ts';
import {folded, row, table} from './review-rows.ts';

export const portItems = (review: Review): readonly ReviewItem[] => [
  ...table(
    review.ports.map(port => ({
      cells: [
        {text: portText(port), tone: 'accent'},
        {text: audienceOf(port), tone: 'plain'},
        {text: port.service, tone: 'muted'},
      ],
      origin: port.origin,
    })),
  ),
  ...review.hostNetwork.map(({service, origin}) => row(hostNetworkText(service), {mark: 'warning', origin})),
  ...firewallTexts(review).map(text => row(text, review.ports.length > 0 && review.aroundFirewall ? {mark: 'warning'} : {tone: 'muted'})),
];

export const addressItems = ({links}: Review): readonly ReviewItem[] =>
  table(
    links.map(({title, url, login, origin}) => ({
      cells: [
        {text: title, tone: 'plain'},
        {text: url, tone: 'accent'},
        ...(login === undefined ? [] : [{text: login, tone: 'muted' as const}]),
      ],
      origin,
    })),
  );

export const demandItems = ({download, memory}: Review, opened: Opened): readonly ReviewItem[] => [
  ...folded(
    {
      name: 'images',
      head: {cells: [{text: downloadText(download), tone: 'plain'}], origin: {kind: 'picks'}},
      inside: table(
        download.map(image => ({
          cells: [
            {text: image.image, tone: 'plain'},
            {text: imageSizeText(image), tone: 'muted'},
          ],
          origin: image.origin,
        })),
      ),
    },
    opened,
  ),
  ...folded(
    {
      name: 'memory',
      head: {
        cells: [{text: memoryText(memory), tone: 'plain'}],
        origin: {kind: 'basics', field: 'tier'},
        ...(memory.host !== undefined && memory.limit > memory.host && {mark: 'warning' as const}),
      },
      inside: table(
        memory.services.map(({service, limit, origin}) => ({
          cells: [
            {text: service, tone: 'plain'},
            {text: formatMemory(limit), tone: 'muted'},
          ],
          origin,
        })),
      ),
    },
    opened,
  ),
];
