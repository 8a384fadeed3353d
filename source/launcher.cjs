#!/usr/bin/env node
'use strict';
// Old syntax on purpose: an unsupported Node.js must get as far as the sentence below.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    'infra-wizard needs Node.js 20.19 or newer; this is ' +
      process.version +
      '.\n' +
      'Run it once with a newer one:  npx -y -p node@24 -p infra-wizard infra-wizard\n',
  );
  process.exitCode = 1;
} else {
  import('./cli.js').catch(function (error) {
    process.stderr.write('infra-wizard could not start: ' + ((error && error.message) || error) + '\n');
    process.exitCode = 1;
  });
}
