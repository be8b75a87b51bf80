// The inbox in Chromium: a payment that somebody claims is found, or asked for kindly; what waits is put off to any hour; an agreement in
// the conversation's panel, which another one does not replace unasked; and words that wait say so.
import assert from 'node:assert/strict';
import { test, before, after } from 'node:test';
import { House, findsNothingSerious, openBrowser, pictures, settled, visit } from '../support/browser_house.mjs';

const machine = new House();
let browser, house, sandbox, state;

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const kNames = ['Ana Núñez', 'Julián Peña', 'Yésica Muñoz', 'Óscar Ríos', 'Inés Duarte', 'Nora Vélez'];  // Óscar never writes.
const portfolio = ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Saldo;Producto',
  ...kNames.map((name, i) => `${name};${1000 + i};300000200${i};F-${i};${day(-20 - i)};120.000,00;120.000,00;Internet`),
  `Nora Vélez;1005;3000002005;F-50;${day(-40)};80.000,00;80.000,00;Internet`].join('\n');

const withPage = (use, options = {}) => visit(browser, { name: 'inbox', spared: /40[139]/, within: house, storageState: state, ...options }, use);
const hear = (person, text) => fetch(`${sandbox.base_url}/_sandbox/say`, { method: 'POST', body: JSON.stringify({ from: `+57300000200${person}`, text }) });
const openTalk = async (page, person) => {
  await page.goto(`${house}/app/conversations`);
  await page.getByRole('link', { name: new RegExp(kNames[person]) }).click({ timeout: 40_000 });  // The engine waits a little for whoever writes on.
  await page.getByRole('log').waitFor();
};
const pictured = async (page, name) => {
  for (const [width, height] of [[360, 740], [1440, 900]]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      await page.waitForFunction(() => document.getAnimations().length === 0);
      await page.screenshot({ path: `${pictures}/inbox-${name}-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

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
    assert.equal(imported.created, kNames.length + 1, JSON.stringify(imported));
    state = await context.storageState();
  });
});

after(async () => {
  await browser?.close();
  await machine.end();
});

test('who says that they paid, and whose payment nobody sees, is asked kindly for the receipt', async () => {
  await hear(0, 'ya pagué');
  await withPage(async (page) => {
    await openTalk(page, 0);
    const field = page.getByRole('textbox', { name: 'Su respuesta' });
    await page.getByRole('button', { name: 'No lo vemos' }).click();
    assert.match(await field.inputValue(), /^Gracias por avisarnos, Ana\..*comprobante/);  // With their name, to be read first.
    await page.getByText('la tarea vuelve mañana a las 8:00').waitFor();
    await findsNothingSerious(page, 'a receipt is asked for');
    await pictured(page, 'receipt');
    await page.getByText('Nota interna', { exact: true }).click();
    const note = page.getByRole('textbox', { name: 'Nota interna' });
    assert.equal(await note.inputValue(), '');
    await note.fill('Busqué en Bancolombia.');
    await page.getByText('Su respuesta', { exact: true }).click();
    assert.match(await field.inputValue(), /^Gracias por avisarnos/);
    await field.press('Enter');
    await page.getByRole('log').getByText('Gracias por avisarnos, Ana.').waitFor();
    await page.getByRole('button', { name: 'No lo vemos' }).waitFor({ state: 'detached' });  // It waits for them now.
    await page.getByText('Nota interna', { exact: true }).click();
    assert.equal(await note.inputValue(), 'Busqué en Bancolombia.');
  });
});

test('a payment that is found is recorded from its task, which closes with it', async () => {
  await hear(1, 'ya pagué ayer');
  await withPage(async (page) => {
    await openTalk(page, 1);
    await page.getByRole('button', { name: 'Pago encontrado' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('no tienen ningún pago').waitFor();
    await findsNothingSerious(page, 'a payment is looked for');
    await pictured(page, 'found');
    await dialog.getByRole('button', { name: 'Registrar el pago' }).click();
    await page.getByRole('dialog', { name: 'Julián Peña' }).getByLabel('Cuánto').fill('120000');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.getByText('El pago quedó anotado.').waitFor();
    await page.getByRole('button', { name: 'Pago encontrado' }).waitFor({ state: 'detached' });
  });
});

test('a claim is offered no payment that paid another debt before it, and is closed everywhere by the one that it is', async () => {
  await withPage(async (page) => {
    await page.goto(house);
    const pay = (invoice, amount_minor) => page.evaluate(async (body) => (await fetch('/v1/payments',
      { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status,
    { id: `N-${invoice}`, invoice, amount_minor, currency: 'COP', method: 'transfer', paid_on: day(-8) });
    assert.ok(await pay('F-50', 8_000_000) < 300 && await pay('F-5', 5_000_000) < 300);
    await hear(5, 'ya pagué 120000 por nequi la semana pasada');
    await openTalk(page, 5);
    const beside = page.getByRole('complementary', { name: 'La persona' });
    await beside.getByText(/Abierto: Dice que ya pagó/).waitFor();
    await page.getByRole('button', { name: 'Pago encontrado' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Transferencia · F-5', { exact: true }).waitFor();
    await dialog.getByText('Hoy debe $ 70.000').waitFor();
    assert.doesNotMatch(await dialog.innerText(), /80\.000/);
    await findsNothingSerious(page, 'a payment is offered');
    await pictured(page, 'offered');
    await dialog.getByRole('button', { name: 'Es este' }).click();
    await page.getByText('Todavía debe $ 70.000').waitFor();
    await beside.getByText(/Abierto/).waitFor({ state: 'detached' });
    await page.getByRole('navigation', { name: 'Lista de conversaciones' }).getByText('Nora Vélez').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: 'Pago encontrado' }).count(), 0);
  });
});

test('a task waits until any day and hour, and comes back by itself', async () => {
  await hear(2, 'quiero hablar con una persona');
  await withPage(async (page) => {
    await openTalk(page, 2);
    await page.getByRole('button', { name: 'Aplazar' }).click();
    await page.getByRole('menuitem', { name: 'Otro día y hora…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Aplazar la tarea' });
    await page.getByRole('button', { name: 'Mes siguiente' }).click();
    await findsNothingSerious(page, 'a day is chosen');
    await pictured(page, 'calendar');
    await dialog.getByRole('button', { name: /^15 / }).click();
    await dialog.getByLabel('A las').fill('15:30');
    await dialog.getByRole('button', { name: 'Aplazar' }).click();
    await page.getByText(/Vuelve el .*15 .* 15:30/).waitFor();
    await page.getByRole('button', { name: 'Aplazar' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('button', { name: 'Aplazar' }).waitFor();
  });
});

test('a running agreement stands beside the conversation, and another one asks before it takes its place', async () => {
  await withPage(async (page) => {
    await openTalk(page, 2);
    const panel = page.getByRole('complementary', { name: 'La persona' });
    for (const isAnother of [false, true]) {
      await panel.getByRole('button', { name: 'Proponer un acuerdo' }).click();
      const form = page.getByRole('dialog').filter({ has: page.getByLabel('Cómo lo aceptó') });
      await form.getByRole('button', { name: /\$ 120\.000/ }).first().click();
      await form.getByLabel('Cómo lo aceptó').fill('Dijo que sí por teléfono.');
      await form.getByRole('button', { name: 'Anotar un acuerdo' }).click();
      if (isAnother) {
        await page.getByText('sus fechas dejan de valer').waitFor();
        await pictured(page, 'replaces');
        await page.getByRole('button', { name: 'Reemplazarlo' }).click();
      }
      await form.waitFor({ state: 'detached' });
      await panel.getByRole('link', { name: /\$ 120\.000/ }).waitFor();
    }
    await settled(page);
    await pictured(page, 'agreement');
  });
});

test('a text with an account that the books do not know leaves with a reason, which stays as a note', async () => {
  await withPage(async (page) => {
    await openTalk(page, 2);
    await page.getByRole('textbox', { name: 'Su respuesta' }).fill('Puede transferir a la cuenta 998-877665-44.');
    await page.getByRole('button', { name: 'Enviar', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '¿Enviarlo así?' });
    assert.doesNotMatch(await dialog.innerText(), /--despite/);
    await findsNothingSerious(page, 'a refused text');
    await pictured(page, 'despite');
    await dialog.getByLabel('Por qué sale así').fill('Cuenta nueva, avisada por gerencia.');
    await dialog.getByRole('button', { name: 'Enviarlo así' }).click();
    await page.getByRole('log').getByText('Puede transferir a la cuenta 998-877665-44.', { exact: true }).waitFor();
    await page.getByRole('log').getByText(/Cuenta nueva, avisada por gerencia/).waitFor();
  });
});

test('where WhatsApp takes no free text the page shows what opens the conversation, or from when it may', async () => {
  await withPage(async (page) => {
    await page.goto(house);
    const debtor = await page.evaluate(async () => (await (await fetch('/v1/debtors/F-3/offers')).json()).debtor);
    const told = await page.evaluate(async (id) => (await fetch(`/v1/conversations/${id}/opening`)).json(), debtor);
    await page.goto(`${house}/app/conversations?filter=all&with=${debtor}`);
    await page.getByText('WhatsApp no admite más texto libre').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Su respuesta' }).count(), 0);
    await page.getByText(told.text.slice(0, 40)).first().waitFor();
    await findsNothingSerious(page, 'a lapsed conversation');
    await pictured(page, 'lapsed');
    const send = page.getByRole('button', { name: 'Enviarle este mensaje' });
    if (told.why_not) {
      assert.ok(await send.isDisabled());
      await page.getByText(told.why_not.replace(/ \([A-Z_-]+\)/g, '')).waitFor();
      if (told.not_before) await page.getByText('Podrá enviarlo desde').waitFor();
    } else {
      await send.click();
      await page.getByText(/El mensaje va en camino|quedó guardado/).waitFor();
    }
  });
});

test('who disputes and is right gets the invoice corrected from the task, and who is not hears why from a person', async () => {
  await hear(4, 'no estoy de acuerdo, eso no lo debo, está mal cobrado');
  await withPage(async (page) => {
    await openTalk(page, 4);
    const panel = page.getByRole('complementary', { name: 'La persona' });
    await panel.getByRole('button', { name: 'Proponer un acuerdo' }).click();
    await page.getByRole('dialog').getByText('La persona no está de acuerdo con lo que se le cobra').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Enviarle estas opciones' }).count(), 0);
    await pictured(page, 'offers-disputed');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
    await panel.getByRole('button', { name: 'No procede' }).click();
    await pictured(page, 'refuted');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
    await panel.getByRole('button', { name: 'Tiene razón' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Monto correcto').fill('80000');
    await dialog.getByLabel('Por qué').fill('se facturó un mes de más');
    await findsNothingSerious(page, 'an invoice is corrected');
    await pictured(page, 'right');
    await dialog.getByRole('button', { name: 'Corregirla' }).click();
    await page.getByText(/Quedó corregida/).waitFor();
    await panel.getByRole('button', { name: 'Tiene razón' }).waitFor({ state: 'detached' });
    await panel.getByText('$ 80.000').first().waitFor();
  });
});

test('everything is paused from Ctrl K, and one deed is one line of the story', async () => {
  await withPage(async (page) => {
    await page.goto(`${house}/app/conversations`);
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('¿A dónde va, o a quién busca?').fill('pausar');
    await page.getByRole('button', { name: 'Pausar todo' }).waitFor();  // The first is chosen already.
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '¿Pausar todos los envíos?' });
    await findsNothingSerious(page, 'a pause by Ctrl K');
    await dialog.getByRole('button', { name: 'Cancelar' }).click();
    const debtor = await page.evaluate(async () => (await (await fetch('/v1/views/people?search=Peña')).json()).people[0].id);
    await page.goto(`${house}/app/portfolio/${debtor}`);
    const story = page.locator('.mantine-Timeline-root');
    await story.getByText(/^Antes: .*WhatsApp lo recibe/).first().waitFor();
    await pictured(page, 'story');
  });
});

test('words that are written during a pause say that they wait', async () => {
  await withPage(async (page) => {
    await openTalk(page, 2);
    await page.evaluate(() => fetch('/v1/pause?why=prueba', { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: '{}' }));
    await page.getByRole('textbox', { name: 'Su respuesta' }).fill('Ya le cuento.');
    await page.getByRole('button', { name: 'Enviar' }).click();
    await page.getByText('Los envíos están en pausa: no sale antes').waitFor();
  });
});

test('labels that two put on at once both stay, and one’s own is taken back', async () => {
  await hear(5, 'quiero hablar con una persona');
  await withPage(async (page) => {
    await openTalk(page, 5);
    const labels = page.locator('aside input').first();
    // A colleague's, between what this page has read and what it says.
    await page.evaluate(async () => {
      const debtor = new URLSearchParams(location.search).get('with');
      await fetch(`/v1/conversations/${debtor}/labels`, { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ labels: ['zona norte'], by: 'x' }) });
    });
    await labels.fill('vip');
    await labels.press('Enter');
    const panel = page.getByRole('complementary', { name: 'La persona' });
    await panel.getByText('vip', { exact: true }).waitFor();
    await panel.getByText('zona norte', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await panel.getByText('vip', { exact: true }).waitFor({ state: 'detached' });
    await panel.getByText('zona norte', { exact: true }).waitFor();
  });
});
