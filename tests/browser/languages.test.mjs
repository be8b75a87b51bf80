// No page mixes languages: what the application says itself is said in the reader's. What the house or a person wrote (a name, a text, a
// note) keeps the language it was written in, and its element says so (`lang`: WCAG 3.1.2).
import assert from 'node:assert/strict';
import { test, before, after } from 'node:test';
import { House, openBrowser, settled, visit } from '../support/browser_house.mjs';

// Words that the language alone has among the three, and no text does long without.
const kSpanish = 'el los las del una uno con y sus les ya hay pero hasta muy también hoy al en un le lo ella quien cuando según más desde día días';
const kForeign = {
  en: new Set(`${kSpanish} la que para por se su es esta este`.split(' ')),
  pt: new Set(kSpanish.split(' ').filter((word) => !['desde', 'lo', 'o', 'uno', 'ella', 'al'].includes(word))),
  es: new Set('the of and is are was with this that your from they have been not will you for'.split(' ')),
};
const kPages = ['', 'app/portfolio', 'app/import', 'app/strategies', 'app/strategies?tab=text', 'app/strategies?tab=rehearsal', 'app/strategies?tab=editions', 'app/templates', 'app/conversations', 'app/conversations?filter=all', 'app/agreements', 'app/payments',
  'app/payments?show=waiting', 'app/compliance', 'app/compliance?tab=people', 'app/compliance?tab=requests', 'app/compliance?tab=laws', 'app/compliance?tab=reads', 'app/compliance?tab=audit', 'app/analysis', 'app/analysis/people?figure=dso&currency=COP', 'app/phone', 'app/settings'];

const machine = new House();
let address, browser;

before(async () => {
  address = await machine.start(['demo', '--port', '0', '--seed', '3'], { read: (said) => /Abra (http:\/\/127\.0\.0\.1:\d+\/)/.exec(said)?.[1] });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

// What the page itself says, line by line: text that is shown, names for who hears the page, tool tips.
const linesOf = (page) => page.evaluate(() => {
  const own = (element) => !element.closest('[lang]:not(html), script, style, textarea, .cm-editor');
  const lines = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) if (node.data.trim() && own(node.parentElement)) lines.push(node.data.trim());
  for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]'))
    if (own(element)) for (const name of ['aria-label', 'title', 'placeholder']) if (element.getAttribute(name)) lines.push(element.getAttribute(name));
  return [...new Set(lines)];
});

for (const language of ['en', 'pt', 'es']) {
  test(`every page speaks one language: ${language}`, async () => {
    const prepare = (page) => page.addInitScript((chosen) => { localStorage.setItem('puntual.language', chosen); localStorage.setItem('puntual.tour', 'seen'); }, language);
    await visit(browser, { name: `languages-${language}`, within: address, patience: 30_000, prepare, spared: /4\d\d/ }, async (page) => {
      const mixed = [];
      const look = async (where) => {
        await settled(page);
        for (const line of await linesOf(page)) {
          const strange = line.toLowerCase().match(/[\p{L}_]+/gu)?.filter((word) => kForeign[language].has(word)) ?? [];
          if (strange.length > 1) mixed.push(`${where}: ${line}`);
        }
      };
      for (const where of kPages) {
        await page.goto(`${address}${where}`);
        await look(where);
      }
      await page.goto(`${address}app/portfolio`);
      await page.locator('a.row-link').first().click();
      await page.locator('time').first().waitFor();
      await look('person');
      assert.equal([...new Set(mixed)].length, 0, [...new Set(mixed)].join('\n'));
    });
  });
}
