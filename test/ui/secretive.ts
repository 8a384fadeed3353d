/** The small catalogue with secrets in it, and two sites of one kind: one of them lacks its image. */
import type {Catalog, Input} from '../../source/catalog/catalog.ts';
import {catalogue} from './catalogue.ts';
import {answers} from './fixtures.ts';

const image: Input = {
  id: 'image',
  title: 'Image',
  help: 'What runs.',
  type: 'image',
  env: 'SITE_IMAGE',
  early: false,
  choices: [],
};

export const secretiveCatalogue: Catalog = {
  ...catalogue,
  components: new Map(
    [...catalogue.components].map(([id, component]) => {
      if (id === 'gateway') {
        const hash = {kind: 'htpasswd', id: 'gateway_users', user: 'admin', password: 'gateway_password'} as const;
        return [id, {...component, secrets: [{kind: 'random', id: 'gateway_password', length: 24, title: 'Administrator password'}, hash]}];
      }
      if (id === 'login') return [id, {...component, secrets: [{kind: 'random', id: 'login_cookie_key', length: 32, exact: true}]}];
      if (id !== 'site') return [id, component];
      return [id, {...component, inputs: [image, ...component.inputs], secrets: [{kind: 'random', id: 'site_db_password', length: 32}]}];
    }),
  ),
};

export const twoSites = {
  ...answers,
  components: {...answers.components, 'site.blog': 'standalone', 'site.docs': 'standalone'},
  settings: {'site.blog': {image: 'registry.example/team/blog:1.4.2', host: 'blog.example.com'}},
};
