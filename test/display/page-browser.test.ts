/** The report in a real browser that has no network. */
import {beforeAll, describe, expect, test} from 'vitest';
import {reportHtml} from '../../source/display/page/page.ts';
import {type Browser, openBrowser} from '../helpers/browser.ts';
import {noTools} from '../sandbox/tools.ts';
import {report, service} from './page-fixture.ts';

const reason = await noTools();

describe.skipIf(reason)(`a report in a browser${reason ? ` (not run: ${reason})` : ''}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 300_000);

  test('is all there offline: tables and the picture of networks and services', async () => {
    const dom = await browser.dom(reportHtml(report()));
    expect(dom).toContain('All 2 services are well.');
    expect(dom.match(/<circle /g)).toHaveLength(3);
    expect(dom).toContain('<a href="https://house.localhost" rel="noreferrer">https://house.localhost</a>');
    const picture = await browser.picture(reportHtml(report()), 1000, 900);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1000, 900]);
  });

  test('runs nothing, even if a name gets markup into the page', async () => {
    const evil = '<script>document.title = "ran"</script><img src=x onerror="document.title = \'ran\'">';
    const html = reportHtml(report({summary: evil, phases: [{title: evil, services: [service(evil, {networks: [evil]})]}]}));
    expect(await browser.dom(html)).not.toContain('<title>ran</title>');
    // The second barrier alone: as if escaping had been forgotten somewhere.
    const broken = html.replace('</body>', `${evil}</body>`);
    expect(await browser.dom(broken)).toContain('<title>house-dev: the platform</title>');
    expect(await browser.dom(broken.replace(/<meta http-equiv[^>]*>/, ''))).toContain('<title>ran</title>');
  });
});
