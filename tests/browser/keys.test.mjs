// A conversation in Chromium by keys alone: found, answered, left for the next one.
import assert from 'node:assert/strict';
import { test, before, after } from 'node:test';
import { House, openBrowser, pictures, visit } from '../support/browser_house.mjs';

const machine = new House();
let browser, house, sandbox, state;

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const kNames = ['Ana Núñez', 'Julián Peña', 'Yésica Muñoz', 'Óscar Ríos', 'Inés Duarte'];  // Óscar never writes.
const portfolio = ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Saldo;Producto',
  ...kNames.map((name, i) => `${name};${1000 + i};300000200${i};F-${i};${day(-20 - i)};120.000,00;120.000,00;Internet`)].join('\n');

const withPage = (use, options = {}) => visit(browser, { name: 'keys', spared: /40[139]/, within: house, storageState: state, ...options }, use);
const hear = (person, text) => fetch(`${sandbox.base_url}/_sandbox/say`, { method: 'POST', body: JSON.stringify({ from: `+57300000200${person}`, text }) });
before(async () => {
  sandbox = await machine.settle({ access: 'second_factor = "optional"' });
  const { url, token } = await machine.serve();
  house = url;
  browser = await openBrowser();
  await withPage(async (page, context) => {
    await page.goto(`${house}/#inicio=${token}`);
    await page.getByLabel('Su nombre').fill('Lucía Herrera');
    await page.getByLabel('Correo').fill('lucia@andina.example');
    await page.locator('input[autocomplete$=password]').fill('una tarde de lluvia en Bogotá');
    await page.keyboard.press('Enter');
    await page.getByText('Su cartera está vacía').waitFor();
    const imported = await page.evaluate(async (body) => (await fetch('/v1/imports?consent=Contrato&consent_on=2025-01-01&confirmed_by=contract&evidence=Contrato&confirmed_on=2025-01-01',
      { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/octet-stream' }, body })).json(), portfolio);
    assert.equal(imported.created, kNames.length, JSON.stringify(imported));
    state = await context.storageState();
  });
});

after(async () => {
  await browser?.close();
  await machine.end();
});

test('a conversation is found, answered and left for the next one by keys alone', async () => {
  await hear(3, 'quiero hablar con una persona');
  await hear(4, 'quiero hablar con una persona');
  await withPage(async (page) => {
    await page.goto(`${house}/app/payments`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    await press('g', 'm');
    const listed = page.locator('.people');
    for (const person of [3, 4]) await listed.getByRole('link', { name: new RegExp(kNames[person]) }).waitFor({ timeout: 40_000 });
    await press('j');
    await page.getByRole('log').getByText('quiero hablar').waitFor();
    const first = await page.getByRole('heading', { level: 2 }).first().textContent();
    await press('r');
    await page.keyboard.type('Buenos días, ¿en qué le ayudo?');
    await press('Enter');
    await page.getByRole('log').getByText('¿en qué le ayudo?').waitFor();
    await press('Escape');
    await press('j');
    await page.getByRole('heading', { level: 2, name: first === kNames[3] ? kNames[4] : kNames[3] }).waitFor({ timeout: 8000 });
    assert.equal(await page.getByRole('log').getByText('¿en qué le ayudo?').count(), 0);
    await press('r');
    assert.equal(await page.getByRole('textbox', { name: 'Su respuesta' }).inputValue(), '');
    await page.screenshot({ path: `${pictures}/keys.png` });
  });
});

test('«/» searches the list by name; each entry tells what was said last, and when', async () => {
  await hear(4, 'quiero hablar con una persona');
  await withPage(async (page) => {
    await page.goto(`${house}/app/conversations?filter=all`);
    const listed = page.locator('.people');
    await listed.getByRole('link', { name: new RegExp(`${kNames[3]}.*\\d+:\\d\\d`, 's') }).waitFor({ timeout: 40_000 });
    assert.match(await listed.getByRole('link', { name: new RegExp(kNames[4]) }).innerText(), /\n\d+:\d\d\s+\S/);
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox', { name: 'Buscar en la lista' });
    await field.waitFor();
    assert.ok(await field.evaluate((one) => one === document.activeElement));
    await page.keyboard.type('ines');
    await listed.getByRole('link', { name: new RegExp(kNames[3]) }).waitFor({ state: 'detached' });
    assert.equal(await listed.getByRole('link').count(), 1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: kNames[4] }).waitFor();
    await page.screenshot({ path: `${pictures}/keys-search.png` });
    await field.fill('nadie con este nombre');
    await page.getByText('No hay ninguna conversación así').waitFor();
  });
});
