// Each role does its job end to end in Chromium, and is neither shown nor given what is not its own. One house: its owner invites the
// others. At localhost, where a browser has passkeys: an authenticator of Chromium's own stands for somebody's phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, before, after } from 'node:test';
import { House, findsNothingSerious, openBrowser, pictures, visit } from '../support/browser_house.mjs';

const kPassword = 'una tarde de lluvia en Bogotá';
const machine = new House();
const states = {};  // By role: who has signed in.
let browser, house, link;

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const portfolio = ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Saldo;Producto',
  ...Array.from({ length: 6 }, (_, i) => `${['Ana Núñez', 'Julián Peña', 'Yésica Muñoz', 'Óscar Güiza', 'Íngrid Zúñiga', 'Tomás Ibáñez'][i]};${1000 + i};300000200${i};F-${i};${day(-20 - i)};120.000,00;120.000,00;Internet`)].join('\n');

before(async () => {
  await machine.settle({ access: 'second_factor = "optional"' });
  const { url, token } = await machine.serve();
  house = url.replace('127.0.0.1', 'localhost');
  link = `${house}/#inicio=${token}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

const as = (role, use) => visit(browser, { name: 'roles', spared: /40[139]/, storageState: states[role] }, async (page, context) => {
  await use(page, context);
  states[role] = await context.storageState();
});

// As the page itself asks; the status, and what was answered.
const ask = (page, method, path, body, type = 'application/json') => page.evaluate(async ([how, where, what, kind]) => {
  const response = await fetch(`/v1/${where}`, { method: how, headers: { 'X-Puntual': '1', ...(what !== undefined && { 'Content-Type': kind }) }, body: what === undefined || kind !== 'application/json' ? what : JSON.stringify(what) });
  const text = await response.text();
  return { status: response.status, body: /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : text };
}, [method, path, body, type]);

const isRefused = async (page, method, path, body) => {
  const { status, body: problem } = await ask(page, method, path, body);
  assert.equal(`${status} ${problem.code}`, '403 forbidden', `${method} ${path}`);
};

const sections = async (page) => {
  await page.getByRole('navigation').getByRole('link').first().waitFor();
  return (await page.getByRole('navigation').getByRole('link').allInnerTexts()).map((text) => text.trim());
};
const kAll = ['Hoy', 'Cartera', 'Importar', 'Estrategias', 'Plantillas', 'Conversaciones', 'Acuerdos y promesas', 'Pagos', 'Cumplimiento', 'Análisis', 'Ajustes'];
const without = (...names) => kAll.filter((name) => !names.includes(name));
const seesOnly = async (page, wanted) => {
  const seen = await sections(page);
  assert.deepEqual(kAll.filter((name) => seen.includes(name)), wanted);
};

const talkWith = async (page, name) => {
  const { body } = await ask(page, 'GET', `views/people?search=${encodeURIComponent(name)}`);
  return body.people[0].id;
};

test('the owner sets the house up, imports, and invites each of the others by a link', async () => {
  await as('owner', async (page) => {
    await page.goto(link);
    await page.getByLabel('Su nombre').fill('Lucía Herrera');
    await page.getByLabel('Correo').fill('owner@andina.example');
    await page.locator('input[autocomplete$=password]').fill(kPassword);
    await page.keyboard.press('Enter');
    await page.getByText('Su cartera está vacía').waitFor();
    await seesOnly(page, kAll);
    const imported = await ask(page, 'POST', `imports?consent=Contrato&consent_on=2025-01-01&confirmed_by=contract&evidence=Contrato&confirmed_on=2025-01-01`, portfolio, 'application/octet-stream');
    assert.equal(imported.body.created, 6, JSON.stringify(imported));
    await page.goto(`${house}/app/settings`);
    for (const [role, name] of [['admin', 'Andrés Gil'], ['supervisor', 'Sara Ruiz'], ['agent', 'Gina Mora'], ['compliance', 'Camilo Paz'], ['developer', 'Diego Vera'], ['auditor', 'Úrsula Sanz']]) {
      await page.getByRole('button', { name: 'Invitar a alguien' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('Nombre').fill(name);
      await form.getByLabel('Correo').fill(`${role}@andina.example`);
      await form.getByLabel('Papel').selectOption(role);
      await form.getByRole('button', { name: 'Invitar a alguien' }).click();
      const url = await page.getByRole('dialog', { name: `Enlace para ${name}` }).getByRole('textbox').inputValue();
      await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).click();
      await as(role, async (theirs) => {
        await theirs.goto(url);
        await theirs.locator('input[autocomplete$=password]').fill(kPassword);
        await theirs.keyboard.press('Enter');
        await theirs.getByRole('heading', { name: 'Entrar' }).waitFor();
        await theirs.getByLabel('Correo').fill(`${role}@andina.example`);
        await theirs.locator('input[autocomplete$=password]').fill(kPassword);
        await theirs.keyboard.press('Enter');
        await theirs.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Entrar' }).waitFor();
      });
    }
  });
});

test('an administrator makes a key for a system, which may what was marked and nothing else', async () => {
  await as('admin', async (page) => {
    await page.goto(`${house}/app/settings`);
    await seesOnly(page, kAll);
    await page.getByRole('button', { name: 'Crear una llave' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Nombre').fill('ERP');
    await form.getByRole('checkbox', { name: 'Ver deudas, acuerdos y cifras' }).check();
    await findsNothingSerious(page, 'a new key');
    await form.getByRole('button', { name: 'Crear una llave' }).click();
    const key = await page.getByRole('dialog', { name: 'La llave de ERP' }).getByRole('textbox').inputValue();
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).click();
    const by = { headers: { Authorization: `Bearer ${key}` } };
    assert.equal((await fetch(`${house}/v1/agreements`, by)).status, 200);
    assert.equal((await fetch(`${house}/v1/conversations`, by)).status, 403);
    await page.getByRole('row', { name: /ERP/ }).getByRole('button', { name: 'Quitar' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click();
    await page.getByText('Esa llave ya no sirve.').waitFor();
    assert.equal((await fetch(`${house}/v1/agreements`, by)).status, 401);
    assert.equal((await ask(page, 'PATCH', `users/${(await ask(page, 'GET', 'users')).body.users.find((one) => one.role === 'owner').id}`, { role: 'agent' })).status, 403);  // Only owners unmake owners.
  });
});

test('a developer connects systems and sees nobody', async () => {
  await as('developer', async (page) => {
    await page.goto(house);
    await seesOnly(page, ['Estrategias', 'Plantillas', 'Ajustes']);
    await page.goto(`${house}/app/settings`);
    await page.getByText('Llaves para otros sistemas').waitFor();
    assert.equal(await page.getByText('Quién puede entrar').count(), 0);
    assert.equal((await ask(page, 'GET', 'webhook-endpoints')).status, 200);
    await isRefused(page, 'POST', 'keys', { name: 'lee personas', rights: ['people_read'] });  // Nobody gives what they have not.
    for (const path of ['views/today', 'views/people', 'conversations', 'agreements', 'payments', 'views/reads', 'colleagues', 'events/stream']) await isRefused(page, 'GET', path);
  });
});

test('one signs in by a passkey, changes the password, and ends another session', async () => {
  await as('agent', async (page, context) => {
    const client = await context.newCDPSession(page);
    await client.send('WebAuthn.enable');
    await client.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await page.goto(`${house}/app/settings`);
    await page.getByRole('button', { name: 'Agregar una llave de acceso' }).click();
    await page.getByLabel('Cómo se llama').fill('Mi celular');
    await page.getByRole('button', { name: 'Seguir en este equipo' }).click();
    await page.getByText('La llave «Mi celular» ya sirve para entrar.').waitFor();
    await findsNothingSerious(page, 'account');
    await page.screenshot({ path: `${pictures}/roles-account.png`, fullPage: true });
    await page.getByRole('button', { name: 'Salir' }).click();
    await page.getByRole('heading', { name: 'Entrar' }).waitFor();
    await page.screenshot({ path: `${pictures}/roles-sign-in.png` });
    await page.getByRole('button', { name: 'Entrar con una llave de acceso' }).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Entrar' }).waitFor();
    // A second window of the same person, by the same key.
    const other = await browser.newContext({ storageState: undefined, locale: 'es-CO' });
    const second = await other.newPage();
    await second.goto(house);
    assert.equal((await ask(second, 'POST', 'session', { email: 'agent@andina.example', password: kPassword })).body.code, 'passkey_required');
    await other.close();
    await page.goto(`${house}/app/settings`);
    await page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
    await page.locator('input[autocomplete=new-password]').fill('otra tarde, ya sin lluvia');
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar la contraseña' }).click();
    await page.getByText('Su contraseña quedó cambiada.').waitFor();
    await page.getByRole('button', { name: 'Quitar', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click();
    await page.getByText('La llave de acceso ya no sirve.').waitFor();
    const again = await browser.newContext({ locale: 'es-CO' });
    const elsewhere = await again.newPage();
    await elsewhere.goto(house);
    assert.equal((await ask(elsewhere, 'POST', 'session', { email: 'agent@andina.example', password: 'otra tarde, ya sin lluvia' })).status, 200);
    await page.reload();
    await page.getByRole('button', { name: 'Cerrarla' }).click();
    await page.getByText('Esa sesión quedó cerrada.').waitFor();
    assert.equal((await ask(elsewhere, 'GET', 'me')).status, 401);
    await again.close();
  });
});

test('an agent offers within the mandate, answers, and neither goes beyond it nor sees the rest', async () => {
  await as('agent', async (page) => {
    await page.goto(house);
    await seesOnly(page, without('Importar', 'Cumplimiento'));
    const julian = await talkWith(page, 'Julián Peña');
    await page.goto(`${house}/app/conversations?filter=all&with=${julian}`);
    await page.getByRole('button', { name: 'Proponer un acuerdo' }).click();
    const form = page.getByRole('dialog');
    await form.getByText('Lo que puede ofrecerle hoy').waitFor();
    await form.getByText('Debe $ 120.000 (F-1)').waitFor();
    await form.getByRole('button', { name: /el último el/ }).first().click();
    await form.getByRole('row').nth(2).waitFor();
    await findsNothingSerious(page, 'an offer');
    await page.screenshot({ path: `${pictures}/roles-offer.png` });
    await form.getByLabel('Primer pago el').fill(day(200));
    await form.getByText('Va más allá de lo autorizado').waitFor();
    await form.getByText('Pídale a quien supervisa que lo decida.').waitFor();
    await page.screenshot({ path: `${pictures}/roles-offer-beyond.png` });
    assert.ok(await form.getByRole('button', { name: 'Anotar un acuerdo' }).isDisabled());
    await form.getByRole('button', { name: /el último el/ }).first().click();
    await form.getByLabel('Cómo lo aceptó').fill('por teléfono, hoy a las 10');
    await form.getByRole('button', { name: 'Anotar un acuerdo' }).click();
    await page.getByText('El acuerdo quedó anotado').waitFor();
    await page.goto(`${house}/app/agreements`);
    await page.getByRole('link', { name: 'Julián Peña' }).waitFor();
    await isRefused(page, 'POST', 'agreements/beyond', { subject: 'F-1', instalments: [{ due_on: day(200), amount_minor: 100 }], words: 'x' });
    for (const path of ['users', 'keys', 'views/reads', 'views/compliance', 'exports/balances', 'rights', 'webhook-endpoints']) await isRefused(page, 'GET', path);
    await isRefused(page, 'POST', 'imports', undefined);
    await isRefused(page, 'POST', 'resume', {});
    await page.goto(`${house}/app/settings`);
    await page.getByText('Cómo entra usted').waitFor();
    assert.equal(await page.getByText('Quién puede entrar').count(), 0);
    assert.equal(await page.getByText('Llaves para otros sistemas').count(), 0);
    await page.goto(`${house}/app/compliance`);
    await page.getByText('«Cumplimiento» no está en su papel').waitFor();
  });
});

test('a supervisor decides what the mandate does not allow, and it stands in the agreement; both see who has a conversation open', async () => {
  await as('supervisor', async (page) => {
    await page.goto(house);
    await seesOnly(page, kAll);
    const oscar = await talkWith(page, 'Óscar Güiza');
    await page.goto(`${house}/app/conversations?filter=all&with=${oscar}`);
    await page.getByRole('button', { name: 'Proponer un acuerdo' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Primer pago el').fill(day(120));
    await form.getByText('Usted puede decidirlo').waitFor();
    await form.getByLabel('Cómo lo aceptó').fill('en la oficina, con su firma');
    await form.getByRole('button', { name: 'Autorizarlo y anotarlo' }).click();
    await page.getByText('El acuerdo quedó anotado').waitFor();
    await as('agent', async (theirs) => {
      await theirs.goto(`${house}/app/conversations?filter=all&with=${oscar}`);
      await theirs.getByText('También la tiene abierta: Sara Ruiz').waitFor();
      await page.getByText('También la tiene abierta: Gina Mora').waitFor();
      await theirs.getByRole('link', { name: 'Pagos' }).click();
      await page.getByText('También la tiene abierta').waitFor({ state: 'detached' });
    });
    await page.getByRole('button', { name: 'Bajar la conversación (PDF)' }).click();
    const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /Sin notas internas/ }).click()]);
    assert.match(readFileSync(await paper.path(), 'latin1'), /^%PDF/);
    await page.goto(`${house}/app/agreements`);
    await page.getByRole('link', { name: 'Óscar Güiza' }).click();
    await page.getByText('acordado por una persona, más allá de lo autorizado').waitFor();
    for (const [method, path] of [['GET', 'users'], ['GET', 'keys'], ['POST', 'resume'], ['POST', 'rights/erase']]) await isRefused(page, method, path, method === 'POST' ? {} : undefined);
  });
});

test('a debt is given up by two: a supervisor asks on the person’s page, and the owner decides there', async () => {
  let rosa;
  await as('supervisor', async (page) => {
    await page.goto(house);
    rosa = await talkWith(page, 'Tomás Ibáñez');
    await page.goto(`${house}/app/portfolio/${rosa}`);
    await page.getByRole('button', { name: /^Qué hacer con F-/ }).click();
    await page.getByRole('menuitem', { name: 'Darla por perdida…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Por qué').fill('no se encuentra desde 2024');
    await findsNothingSerious(page, 'a write-off is asked for');
    await dialog.getByRole('button', { name: 'Pedirlo' }).click();
    await page.getByText('Falta que otra persona lo apruebe.', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Aprobarlo' }).count(), 0);
  });
  await as('owner', async (page) => {
    await page.goto(`${house}/app/portfolio/${rosa}`);
    await page.getByText('no se encuentra desde 2024').waitFor();
    await findsNothingSerious(page, 'a write-off waits');
    await page.screenshot({ path: `${pictures}/roles-write-off.png` });
    await page.getByRole('button', { name: 'Aprobarlo' }).click();
    await page.getByText('La deuda quedó dada por perdida.').waitFor();
    await page.getByRole('heading', { name: 'No se le escribe: no debe nada' }).waitFor();
  });
});

test('compliance answers for data, and sees who read whose', async () => {
  await as('compliance', async (page) => {
    await page.goto(house);
    await seesOnly(page, without('Importar'));
    const oscar = await talkWith(page, 'Óscar Güiza');
    await page.goto(`${house}/app/conversations?filter=all&with=${oscar}`);
    await page.getByRole('log').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Su respuesta' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Proponer un acuerdo' }).count(), 0);
    await isRefused(page, 'POST', `conversations/${oscar}/notes`, { text: 'x' });
    await isRefused(page, 'POST', 'payments', { id: 'x', invoice: 'F-1', amount_minor: 1, currency: 'COP' });
    await page.goto(`${house}/app/compliance?show=reads`);
    // What is read is written down once a minute.
    const read = page.getByRole('row', { name: /agent@andina\.example.*La conversación.*Julián Peña/ });
    for (let tries = 0; tries < 40 && await read.count() === 0; ++tries) {
      await page.waitForTimeout(2_000);
      await page.reload();
      await page.getByRole('heading', { name: 'Quién consultó datos de personas' }).waitFor();
    }
    await read.first().waitFor();
    await findsNothingSerious(page, 'reads');
    await page.screenshot({ path: `${pictures}/roles-reads.png` });
  });
});

test('an auditor reads everything of the books and changes nothing', async () => {
  await as('auditor', async (page) => {
    await page.goto(house);
    await seesOnly(page, without('Importar'));
    assert.equal(await page.getByRole('button', { name: 'Pausar todo' }).count(), 0);
    await page.goto(`${house}/app/compliance?show=audit`);
    await page.getByRole('button', { name: 'Comprobar' }).click();
    await page.getByText('La historia está íntegra').waitFor();
    const ana = await talkWith(page, 'Ana Núñez');
    await page.goto(`${house}/app/portfolio/${ana}`);
    await page.getByText('F-0').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Anotar un pago' }).count(), 0);
    for (const [path, body] of [['pause', {}], [`debtors/${ana}/stop`, {}], ['agreements', { subject: 'F-0', offer: 1, words: 'x' }], ['payments', {}], ['rights/export', { subject: 'F-0' }]]) await isRefused(page, 'POST', path, body);
  });
});
