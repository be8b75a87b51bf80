// The demonstration as a visitor meets it: the application on the left, a debtor's phone on the right, the tour, time moved by hand.
import assert from 'node:assert/strict';
import { test, before, after } from 'node:test';
import { House, findsNothingSerious, openBrowser, pictures, settled, visit } from '../support/browser_house.mjs';

const machine = new House();
let address, browser;

before(async () => {
  address = await machine.start(['demo', '--port', '0', '--seed', '3'], { read: (said) => /Abra (http:\/\/127\.0\.0\.1:\d+)\//.exec(said)?.[1] });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

// The tour is not begun by itself for who has seen it.
const withPage = ({ seen = true, ...options }, use) => visit(browser, {
  name: 'phone', within: address, prepare: (page) => seen && page.addInitScript(() => localStorage.setItem('puntual.tour', 'seen')), ...options,
}, use);

async function hourLater(page) {
  const before = await page.locator('.phone-now').innerText();
  await page.getByRole('button', { name: '+1 hora' }).click();
  await page.waitForFunction((was) => document.querySelector('.phone-now').textContent !== was, before);
}

test('the tour leads, by keyboard, from who owes to the counters that stay at zero', async () => {
  await withPage({ seen: false }, async (page) => {
    await page.goto(address);
    const title = (name) => page.getByRole('heading', { name, exact: true }).waitFor();
    await title('Quién debe');
    await page.locator('.phone .phone-said').first().waitFor();
    await findsNothingSerious(page, 'first step');
    await page.screenshot({ path: `${pictures}/phone-tour.png` });
    await page.getByRole('button', { name: 'Siguiente' }).click();
    await title('Qué salió hoy, y qué no');
    await page.getByRole('heading', { name: 'Hoy', exact: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await title('Ahora conteste usted');
    await page.getByRole('button', { name: 'Preguntar cuánto debo' }).click();
    await page.locator('.phone-said:not(.own)', { hasText: 'su saldo es de' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await title('Pida un plan');
    await page.getByRole('button', { name: 'Pedir cuotas' }).click();
    await page.getByRole('button', { name: 'Opción 1' }).last().click();
    await page.locator('.phone-said.own', { hasText: 'Opción 1' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await title('Pague');
    await page.getByRole('button', { name: 'Pagar todo' }).click();
    await page.locator('.phone-said:not(.own)', { hasText: /recibimos su pago/i }).last().waitFor();
    await page.keyboard.press('ArrowRight');
    await title('Gracias, y silencio con su razón');
    await settled(page);
    await page.screenshot({ path: `${pictures}/phone-tour-silence.png` });
    await page.keyboard.press('ArrowRight');
    await title('La prueba');
    await page.keyboard.press('ArrowRight');
    await title('Deje correr las semanas');
    await page.getByRole('button', { name: 'Acelerar el tiempo' }).click();
    const witness = page.getByRole('region', { name: 'Lo imposible aquí' });
    await witness.getByText(/día [5-9] de 90/).waitFor();
    assert.equal(await witness.locator('b').allInnerTexts().then((all) => all.join()), '0,0,0,0');
    await page.locator('aside').getByText('Real', { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Deje correr las semanas' }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), '{"puntual.tour":"seen"}');
  });
});

test('one is whoever one likes: writes, sends a photo, moves the clock, and the dashboard follows', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${address}/app/phone`);
    await settled(page);
    await page.getByRole('combobox', { name: 'Usted es' }).click();
    await page.getByRole('combobox', { name: 'Usted es' }).fill('Galvis');
    await page.getByRole('option', { name: /Galvis/ }).first().click();
    await page.locator('.phone[aria-label*=Galvis]').waitFor();
    await page.getByLabel(/^Escribir como/).fill('<b>hola</b>');
    await page.keyboard.press('Enter');
    await page.locator('.phone-said.own', { hasText: '<b>hola</b>' }).waitFor();
    await page.getByRole('button', { name: 'Enviar la foto de un comprobante' }).click();
    await page.locator('.phone-said.own', { hasText: 'Foto de un comprobante' }).waitFor();
    await hourLater(page);
    await page.getByRole('link', { name: 'Conversaciones' }).click();
    await page.locator('main').getByText(/Galvis/).first().waitFor();
  });
});

test('what the mandate offers is sent from the dashboard with buttons, taken on the phone, and noted', async () => {
  await withPage({ viewport: { width: 1440, height: 1000 } }, async (page) => {
    await page.goto(`${address}/app/phone`);
    await settled(page);
    const anybody = () => page.evaluate(async () => {
      const ask = async (path) => (await fetch(`/v1/${path}`)).json();
      for (const one of (await ask('views/people?limit=50')).people) {
        const offers = await ask(`debtors/${one.id}/offers`);
        if (offers.offers?.length > 1 && offers.why_not_sent === null && !offers.claims_paid) return one;
      }
      return null;
    });
    let person = await anybody();
    for (let hours = 0; person === null && hours < 72; ++hours) {  // The weeks may have ended in an evening, or before a holiday.
      await hourLater(page);
      person = await anybody();
    }
    assert.ok(person, 'nobody may be offered anything');
    const be = async () => {  // A page that is opened anew begins with somebody else.
      await page.getByRole('combobox', { name: 'Usted es' }).click();
      await page.getByRole('combobox', { name: 'Usted es' }).fill(person.name);
      await page.getByRole('option', { name: new RegExp(person.name) }).first().click();
      await page.locator(`.phone[aria-label*="${person.name}"]`).waitFor();
    };
    await be();
    await page.getByLabel(/^Escribir como/).fill('buenos días');
    await page.keyboard.press('Enter');
    await page.locator('.phone-said.own', { hasText: 'buenos días' }).waitFor();
    await page.goto(`${address}/app/conversations?filter=all&with=${person.id}`);
    await page.getByRole('log').getByText('buenos días').waitFor();
    await page.getByRole('button', { name: 'Proponer un acuerdo' }).click();
    const form = page.getByRole('dialog').filter({ has: page.getByLabel('Cómo lo aceptó') });
    await form.getByText('Lo que puede ofrecerle hoy').waitFor();
    await findsNothingSerious(page, 'offers');
    await page.screenshot({ path: `${pictures}/phone-offers.png` });
    await form.getByRole('button', { name: 'Enviarle estas opciones' }).click();
    await form.waitFor({ state: 'detached' });
    await be();
    await page.locator('.phone-said:not(.own)', { hasText: 'Esto es lo que podemos acordar: 1)' }).waitFor();
    await page.getByRole('button', { name: 'Opción 1' }).last().click();
    await page.locator('.phone-said:not(.own)', { hasText: /anotado|Listo/ }).last().waitFor();
    await page.getByRole('complementary', { name: 'La persona' }).getByRole('link', { name: /^(Promesa|Plan|Acuerdo)/ }).waitFor();
    await page.screenshot({ path: `${pictures}/phone-offers-taken.png` });
  });
});

test('beside the phone a conversation keeps room to be read', async () => {
  for (const width of [1200, 1440]) {
    await withPage({ viewport: { width, height: 900 } }, async (page) => {
      await page.goto(`${address}/app/conversations?filter=all`);
      await settled(page);
      await page.locator('.person-button').first().click();
      const { width: room } = await page.locator('.talk .lines').boundingBox();
      assert.ok(room > 300, `${room} px at ${width}`);
      if (width === 1200) await page.getByRole('button', { name: 'Volver' }).waitFor();
      await page.screenshot({ path: `${pictures}/phone-talk-${width}.png` });
    });
  }
});

test('fits every width, in both themes, with nothing serious', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      for (const [name, path] of [['board', '/'], ['page', '/app/phone']]) {
        await withPage({ viewport: { width, height: width === 360 ? 740 : 900 }, colorScheme }, async (page) => {
          await page.goto(address + path);
          await settled(page);
          if (width > 360 || path !== '/') await page.locator('.phone .phone-said').first().waitFor();
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${overflow} px too wide at ${width} on ${path}`);
          await findsNothingSerious(page, `${path} at ${width} ${colorScheme}`);
          await page.screenshot({ path: `${pictures}/phone-${name}-${width}-${colorScheme}.png` });
        });
      }
    }
  }
});

test('at 360 px one goes between dashboard and phone by two tabs', async () => {
  await withPage({ viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto(`${address}/app/payments`);
    await settled(page);
    const tabs = page.getByRole('navigation', { name: 'Tablero y teléfono' });
    await tabs.getByRole('link', { name: 'Teléfono' }).click();
    await page.locator('.phone').waitFor();
    await tabs.getByRole('link', { name: 'Tablero' }).click();
    await page.getByRole('heading', { name: 'Pagos', exact: true }).waitFor();
  });
});

test('another site cannot use the phone', async () => {
  const send = (headers) => fetch(`${address}/v1/phone/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{"to":"hour"}' });
  assert.equal((await send({ 'Sec-Fetch-Site': 'cross-site' })).status, 403);
  assert.equal((await send({ Origin: 'http://example.com' })).status, 403);
  assert.equal((await send({})).status, 403);
});

test('the story can begin again', async () => {
  const act = (body) => fetch(`${address}/demo/act`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const state = async () => (await fetch(`${address}/demo/state`)).json();
  const { run } = await state();
  assert.equal((await act({ action: 'again' })).status, 200);
  for (let tries = 0; ; ++tries) {
    const now = await state().catch(() => ({ run }));
    if (now.run === run + 1) return assert.equal(now.day, 1);
    assert.ok(tries < 200, 'it has not begun again');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});
