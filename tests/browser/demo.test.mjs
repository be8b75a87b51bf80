// The demonstration's showcase in a real browser: `make browser`, which says where the binary is and where pictures go.
//
// Chromium may talk to this machine only, and whatever its console says counts as a failure.
import assert from 'node:assert/strict';
import { test, before, after } from 'node:test';
import { House, openBrowser, pictures, visit } from '../support/browser_house.mjs';

const machine = new House();
let address, browser;

const api = async (name, body) => {
  const options = body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {};
  return (await fetch(`${address}demo/${name}`, options)).json();
};

const withPage = (options, use) => visit(browser, { name: 'demo', within: address, patience: 30_000, ...options }, async (page) => {
  await page.goto(`${address}vitrina`);
  await use(page);
});

async function waitForDay(day) {
  await api('act', { action: 'pace', pace: 'fast' });
  while ((await api('state')).day < day) await new Promise((resolve) => setTimeout(resolve, 200));
  await api('act', { action: 'pace', pace: 'normal' });
}

before(async () => {
  address = await machine.start(['demo', '--port', '0', '--seed', '3'], { read: (said) => /Abra (http:\/\/127\.0\.0\.1:\d+\/)/.exec(said)?.[1] });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

test('weeks pass: messages, replies, payments, and a silence with its reason', async () => {
  await withPage({ viewport: { width: 1440, height: 1000 } }, async (page) => {
    await page.locator('#feed .message').first().waitFor();
    await page.locator('#feed .payment').first().waitFor();
    await page.locator('#feed .silence .until').first().waitFor();
    await page.locator('#chat .out').first().waitFor();
    await page.getByRole('button', { name: 'Tiempo real' }).click();
    // A reply need not say who writes; a reminder must.
    await page.locator('#feed details', { hasText: 'Grupo Alameda' }).first().locator('summary').click();
    await page.locator('#feed details[open] p', { hasText: 'Grupo Alameda' }).first().waitFor();
    await page.getByRole('button', { name: 'Normal' }).click();
    for (const never of ['twice', 'paid', 'hours', 'stop']) assert.equal(await page.locator(`#z-${never}`).innerText(), '0');
  });
});

test('a visitor acts for a person: writes, pays half, stops; the silence says why', async () => {
  await withPage({ viewport: { width: 1440, height: 1000 } }, async (page) => {
    await page.getByRole('button', { name: 'Tiempo real' }).click();
    await page.locator('#people .late button').first().click();
    await page.locator('#person-label').waitFor();
    await page.locator('#words').fill('Buenas, ¿dónde puedo pagar? <b>hoy</b>');
    await page.getByRole('button', { name: 'Enviar' }).click();
    await page.locator('#chat .in', { hasText: '<b>hoy</b>' }).waitFor();
    await page.getByRole('button', { name: 'Pagar la mitad' }).click();
    await page.locator('#chat .paid').first().waitFor();
    await page.getByRole('button', { name: 'BAJA', exact: true }).click();
    await page.locator('#why-text', { hasText: 'Pidió no recibir más mensajes' }).waitFor();
    assert.equal(await page.locator('#person-label').innerText(), 'Baja');
    assert.ok(await page.getByRole('button', { name: 'BAJA', exact: true }).isDisabled());
    await page.locator('#feed .stop').first().waitFor();
    await page.getByRole('button', { name: 'Normal' }).click();
  });
});

test('the search finds without accents, by keyboard alone', async () => {
  await withPage({ viewport: { width: 1440, height: 1000 } }, async (page) => {
    await page.locator('#people button').first().waitFor();
    const name = await page.locator('#people .name', { hasText: 'í' }).first().innerText();
    await page.locator('#search').focus();
    await page.keyboard.type(name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase());
    await page.waitForFunction(() => document.querySelectorAll('#people button').length === 1);
    for (let i = 0; i < 3; ++i) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#person-name', { hasText: name }).waitFor();
  });
});

test('another site cannot act', async () => {
  const send = (headers) => fetch(`${address}demo/act`, { method: 'POST', headers, body: '{"action":"pace","pace":"real"}' });
  assert.equal((await send({ 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' })).status, 403);
  assert.equal((await send({ 'Content-Type': 'application/json', Origin: 'http://example.com' })).status, 403);
  assert.equal((await send({ 'Content-Type': 'text/plain' })).status, 400);
});

test('fits every width, in both themes, and looks as it should', async () => {
  await waitForDay(18);
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 768, 1440]) {
      await withPage({ viewport: { width, height: width === 360 ? 780 : 1000 }, colorScheme }, async (page) => {
        await page.locator('#feed .item').first().waitFor();
        await page.locator('#people button').first().waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
        await page.waitForTimeout(2500);
        const below = await page.evaluate(() => document.documentElement.scrollHeight - document.querySelector('footer').getBoundingClientRect().bottom - window.scrollY);
        assert.ok(below <= 1 || width === 1440, `${below} px of nothing below the footer at ${width}`);
        await page.screenshot({ path: `${pictures}/demo-${width}-${colorScheme}.png`, fullPage: width !== 1440 });
      });
    }
  }
});
