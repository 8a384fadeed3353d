/** Recorded findings of a host on which something stands in the way. */
import type {Finding} from '../../source/plan/findings.ts';

export const checked: readonly Finding[] = [
  {id: 'D21', title: 'Docker Engine answers', level: 'ok', what: 'Docker Engine 29.1.0 on vps-1', next: []},
  {
    id: 'D13',
    title: 'Clock',
    level: 'warning',
    what: 'No time service runs: certificates, tokens and clusters fail once the clock is wrong',
    next: ['Start one: sudo timedatectl set-ntp true (package systemd-timesyncd), or install chrony.'],
  },
  {id: 'D41', title: 'Processors', level: 'ok', what: '4 processors, and Small is made for 4', next: []},
  {
    id: 'D49',
    title: 'Ports are free',
    level: 'blocking',
    what: '443/tcp for gateway is taken by nginx (process 812)',
    next: [
      'If it is not needed, stop it: sudo systemctl stop nginx.service',
      'Or take port 8443, which is free: --set gateway.https_port=8443',
    ],
    offers: [{component: 'gateway', input: 'https_port', value: '8443'}],
  },
  {
    id: 'D46',
    title: 'Room for files',
    level: 'blocking',
    what: 'only 4 % of the inodes are free at /var/lib/docker: no more files fit, whatever the space',
    next: ['Find many small files: sudo du --inodes -xd 3 / | sort -n | tail', 'Or remove what Docker does not need: docker system prune'],
  },
  {
    id: 'D71',
    title: 'No other run is under way',
    level: 'blocking',
    what: 'The workspace is in use: infra-wizard up of house-dev (process 5 on vps-1) since 2026-11-20T10:00:00.000Z',
    next: ['Wait until it is done. A run that was killed holds nothing.'],
    binding: true,
  },
];
