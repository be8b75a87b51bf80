// The web application in Chromium, from the link of the first start on: the house is set up, a portfolio imported, somebody writes and
// is answered; then every page in both themes and widths. The pictures are for people to look at.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test, before, after } from 'node:test';
import { House, findsNothingSerious, openBrowser, pictures, settled, visit } from '../support/browser_house.mjs';

const kPassword = 'una tarde de lluvia en Bogotá';

const machine = new House();
let browser, house, sandbox, link, totp, state, agreement;

// Invented people: some are late, some are not, and one may not be written to.
function portfolio(people) {
  const names = ['Ana María Núñez', 'Julián Peña Ríos', 'Yésica Muñoz', 'Óscar Güiza León', 'Íngrid Zúñiga', 'Tomás Ibáñez'];
  const rows = Array.from({ length: people }, (_, i) => {
    const due = new Date(Date.now() - (i * 5 - 20) * 86_400_000).toISOString().slice(0, 10);
    return `${names[i % names.length]} ${i};10.20${i % 10}.${String(300 + i)};300 000 ${String(1000 + i)};F-${String(100 + i)};${due};${50 + i}.900,00;${50 + i}.900,00;Internet hogar`;
  });
  return ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Saldo;Producto', ...rows, 'Sin fecha;77;300 000 9999;F-999;31/02/2026;10,00;10,00;Internet'].join('\n');
}

// RFC 6238.
function codeAt(secret, at) {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = digest.at(-1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

before(async () => {
  sandbox = await machine.settle();
  const { url, token } = await machine.serve();
  house = url;
  link = `${house}/#inicio=${token}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

const withPage = (options, use) => visit(browser, { name: 'web', spared: /401|403/, within: house, storageState: state, ...options }, use);

test('the first owner sets the house up, with a second factor', async () => {
  await withPage({}, async (page, context) => {
    await page.goto(link);
    await page.getByRole('heading', { name: 'Bienvenida a Puntual' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    await findsNothingSerious(page, 'set-up');
    await page.screenshot({ path: `${pictures}/web-setup.png` });
    await page.getByLabel('Su nombre').fill('Lucía Herrera');
    await page.getByLabel('Correo').fill('lucia@andina.example');
    await page.locator('input[autocomplete$=password]').fill(kPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Un segundo paso para entrar' }).waitFor();
    await page.getByText('por ejemplo Google Authenticator').waitFor();
    totp = await page.locator('code').innerText();
    await findsNothingSerious(page, 'second factor');
    await page.screenshot({ path: `${pictures}/web-second-factor.png` });
    await page.getByLabel('Código de seis cifras').fill(codeAt(totp, Date.now()));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sus códigos de recuperación' }).waitFor();
    assert.equal((await page.locator('pre').innerText()).trim().split('\n').length, 10);
    await page.getByRole('button', { name: 'Ya los guardé' }).click();
    await page.getByText('Su cartera está vacía').waitFor();
    state = await context.storageState();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    assert.doesNotMatch(kept, /luc|andina/i);
  });
});

test('a portfolio is imported in four steps, and what is wrong in it is told', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/import`);
    await page.locator('input[type=file]').setInputFiles({ name: 'cartera.csv', mimeType: 'text/csv', buffer: Buffer.from(portfolio(60)) });
    await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
    await page.getByRole('heading', { name: 'Así se entiende su archivo' }).waitFor();
    await page.getByLabel('¿Dónde autorizaron que se les escriba por WhatsApp?').fill('Contrato de servicio, cláusula 8');
    await page.getByLabel('¿Desde cuándo?').fill('2026-01-15');
    await page.getByLabel('Los números ya se comprobaron').check();
    await page.getByLabel('¿Con qué se comprobaron?').fill('Contrato de servicio, cláusula 3');
    await page.screenshot({ path: `${pictures}/web-import-columns.png` });
    await page.getByRole('button', { name: 'Seguir' }).click();
    await page.getByText('Hasta aquí no se ha guardado nada.').waitFor();
    await page.getByText(/se les escribiría a \d+ personas; el primer mensaje saldría/).waitFor();
    // Whom, when and what; and who goes elsewhere half-way finds it as it was.
    const texts = page.getByRole('list', { name: 'Lo que se enviaría' });
    assert.match(await texts.getByRole('listitem').first().innerText(), /·.*\d{1,2}:\d\d\n.*Andina/s);
    await page.getByRole('link', { name: 'Hoy' }).first().click();
    await page.getByRole('heading', { name: 'Hoy', level: 1 }).waitFor();
    await page.goBack();
    await texts.waitFor();
    await findsNothingSerious(page, 'preview');
    await page.screenshot({ path: `${pictures}/web-import-preview.png` });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bajar las filas rechazadas' }).click()]);
    assert.match(readFileSync(await download.path(), 'utf8'), /F-999/);
    await page.getByRole('button', { name: 'Guardar y pausar todos los envíos' }).click();
    await page.getByText('Su cartera está guardada').waitFor();
    await page.getByRole('heading', { name: 'Todos los envíos están en pausa' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Ensayar el mes' }).getAttribute('href'), '/app/strategies?tab=rehearsal');
    await page.getByRole('button', { name: 'Reanudar los envíos' }).click();
    await page.getByText('Los envíos siguen.').waitFor();
    await page.getByRole('link', { name: 'Ver la cartera' }).click();
    await page.getByText('60 personas deben').waitFor();
  });
});

test('a mistyped title is asked about, and taken by a press', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/import`);
    await page.locator('input[type=file]').setInputFiles({ name: 'con-error.csv', mimeType: 'text/csv', buffer: Buffer.from(portfolio(2).replace('Vencimiento', 'Vencimineto')) });
    await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
    const column = page.getByRole('combobox', { name: 'Qué es la columna Vencimineto' });
    await column.waitFor();
    assert.equal(await column.inputValue(), 'ignore');
    await page.getByRole('button', { name: '¿Quiso decir «' }).click();
    assert.equal(await column.inputValue(), 'due_on');
    await page.getByRole('button', { name: 'Seguir' }).click();
    await page.getByText('Hasta aquí no se ha guardado nada.').waitFor();
  });
});

test('a file of payments is asked nothing about people, and told as payments', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/import`);
    await page.locator('input[type=file]').setInputFiles({ name: 'pagos.csv', mimeType: 'text/csv', buffer: Buffer.from('Factura;Fecha de pago;Valor pagado;Medio;ID transacción\nF-NADIE;20/11/2026;1.930,00;PSE;T-NADIE\n') });
    await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
    await page.getByRole('heading', { name: 'Así se entiende su archivo' }).waitFor();
    assert.equal(await page.getByLabel('¿Dónde autorizaron que se les escriba por WhatsApp?').count(), 0);
    await page.getByRole('button', { name: 'Seguir' }).click();
    await page.getByText('Suma de los pagos: $ 1.930').waitFor();
  });
});

test('somebody is found without accents and by a document with dots, and their page says why nothing is sent', async () => {
  await withPage({}, async (page) => {
    await page.goto(house);
    await settled(page);
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Cartera' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('guiza oscar 3');
    await page.getByRole('link', { name: 'Óscar Güiza León 3', exact: true }).waitFor();
    await page.getByRole('searchbox').fill('10.204.304');
    await page.getByRole('link', { name: 'Íngrid Zúñiga 4', exact: true }).click();
    await page.getByRole('heading', { name: /Ahora mismo (no )?se le|La ley lo permite/ }).waitFor(); // By the hour of the day.
    await page.getByText('F-104').first().waitFor();
    await page.getByRole('button', { name: 'Anotar un pago' }).click();
    await page.getByRole('dialog').getByLabel('Cuánto').fill('20.000');
    await page.getByRole('dialog').getByRole('button', { name: 'Anotar un pago' }).click();
    await page.getByText('El pago quedó anotado.').waitFor();
    await page.getByText('Debe $ 34.900').waitFor();
    await page.getByRole('link', { name: 'Constancias' }).click();
    await page.getByText('Mensajes que se le enviaron').waitFor();
  });
});

test('who asks for a person is answered by one, and the task is closed by a key', async () => {
  await fetch(`${sandbox.base_url}/_sandbox/say`, { method: 'POST', body: JSON.stringify({ from: '+573000001004', text: 'quiero hablar con una persona' }) });
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/conversations`);
    await page.getByRole('link', { name: /Íngrid Zúñiga 4/ }).waitFor({ timeout: 40_000 });  // The engine waits a little for whoever writes on.
    await page.keyboard.press('j');
    await page.getByRole('log').getByText('quiero hablar con una persona').first().waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Buenos días, soy Lucía. ¿En qué le ayudo?');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('soy Lucía').waitFor();
    const proves = page.getByRole('log').locator('.bubble', { hasText: 'soy Lucía' }).getByRole('button', { name: 'Constancia en PDF' });
    const [proof] = await Promise.all([page.waitForEvent('download'), proves.click()]);
    assert.match(proof.suggestedFilename(), /^constancia-\d+\.pdf$/);
    await page.getByRole('button', { name: 'Devolver al asistente' }).waitFor();
    const field = page.getByRole('textbox', { name: 'Su respuesta' });
    await field.fill('/despe');
    await field.press('Enter');
    assert.match(await field.inputValue(), /^Con mucho gusto/);  // To be read first.
    assert.equal(await page.getByRole('log').getByText('Con mucho gusto').count(), 0);
    await field.press('Enter');
    await page.getByRole('log').getByText('Con mucho gusto').waitFor();
    await field.fill('/enlace');  // This house has no page to pay at.
    assert.equal(await page.getByText('Este es su enlace').count(), 0);
    await field.fill('');
    await page.getByRole('heading', { level: 1 }).click();
    const done = page.getByRole('button', { name: 'Hecho', exact: true });
    await page.getByRole('button', { name: 'Bajar la conversación (PDF)' }).click();
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('e');  // Behind an open menu nothing is closed.
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await done.waitFor();
    await field.fill('a medio escribir');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('e');
    await page.getByText('La tarea quedó cerrada.').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await done.waitFor();
    await page.keyboard.press('e');
    await done.waitFor({ state: 'detached' });
    const here = page.url();
    await page.getByRole('link', { name: 'Hoy' }).first().click();  // It is closed all the same.
    await page.goBack();
    await page.waitForURL(here);
    assert.equal(await field.inputValue(), 'a medio escribir');
    await page.locator('.people').getByRole('link', { name: /Íngrid Zúñiga 4/ }).waitFor({ state: 'detached', timeout: 30_000 });
  });
});

test('money is written down, waits for a word and gets it, and a bank file is tried before it is taken', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/payments`);
    await page.getByRole('button', { name: 'Anotar un pago' }).click();
    const form = page.getByRole('dialog');
    const save = form.getByRole('button', { name: 'Anotar un pago' });
    // A number with a digit missing pays nothing and finds nobody; whom one names owes something, and its sum is there.
    await form.getByLabel('De quién es').fill('F-99999');
    await page.getByText('Nadie que deba se llama así.').waitFor();
    assert.ok(await save.isDisabled());
    await form.getByLabel('De quién es').fill('F-105');
    await page.getByRole('option', { name: /Tomás Ibáñez 5 ·/ }).click();
    await form.getByRole('radio', { name: /F-105/ }).check();
    assert.match(await form.getByLabel('Cuánto').inputValue(), /^\d+$/);
    await findsNothingSerious(page, 'recording a payment');
    await form.getByLabel('No se sabe quién pagó').check();
    await form.getByLabel('Qué referencia trae').fill('F-DE-NADIE');
    await form.getByLabel('Cuánto').fill('10.000');
    await save.click();
    await page.getByText('Quedó anotado sin dueño: $ 10.000 esperan en «Por decidir».').waitFor();
    await page.getByRole('button', { name: 'Subir archivo del banco' }).click();
    const statement = 'Fecha;Descripción;Referencia;Valor\n20/11/2026;PAGO PSE;F-106;56.900,00\n20/11/2026;CONSIGNACION;SIN-DUEÑO-1;33.000,00\n';
    await page.locator('input[type=file]').setInputFiles({ name: 'extracto.csv', mimeType: 'text/csv', buffer: Buffer.from(statement) });
    await page.getByText('Hasta aquí no se ha guardado nada.').waitFor();
    await findsNothingSerious(page, 'bank file');
    await page.screenshot({ path: `${pictures}/web-bank-file.png` });
    await page.getByRole('button', { name: 'Aplicar el archivo' }).click();
    await page.getByText('Se aplicó 1 pago.').waitFor();
    await page.getByText('Líneas en las que la máquina no está segura.').waitFor();
    await page.getByText('Dice ser de F-DE-NADIE').waitFor();
    await page.screenshot({ path: `${pictures}/web-waiting-money.png` });
    await page.getByRole('listitem').filter({ hasText: 'F-DE-NADIE' }).getByRole('button', { name: 'Elegir la factura' }).click();
    const choice = page.getByRole('dialog');
    await choice.getByLabel('De quién es').fill('F-105');
    await page.getByRole('option', { name: /Tomás Ibáñez 5 ·/ }).click();
    await choice.getByRole('radio', { name: /F-105/ }).check();
    await page.getByLabel('¿Por qué?').fill('llamó y mandó el comprobante');
    await page.getByRole('button', { name: 'Asignar' }).click();
    await page.getByText('El dinero quedó asignado.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'SIN-DUEÑO-1' }).getByRole('button', { name: 'No es un pago' }).click();
    await page.getByText('Nada espera una decisión').waitFor();
    await page.getByRole('tab', { name: 'Lo que entró' }).click();
    await page.getByText('Paga F-105').waitFor();
    await page.getByRole('button', { name: /Más sobre el pago de Tomás/ }).click();
    const [receipt] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Bajar el recibo (PDF)' }).click()]);
    assert.match(readFileSync(await receipt.path(), 'latin1'), /^%PDF/);
  });
});

test('an agreement is followed to its paper, and ends by a word', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/agreements`);
    const made = await page.evaluate(async (due) => (await fetch('/v1/agreements/beyond', { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({
      subject: 'F-109', instalments: [{ due_on: due[0], amount: '30000' }, { due_on: due[1], amount: '29900' }], words: 'por teléfono, el martes'}) })).json(),
      [5, 20].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)));
    assert.equal(made.state, 'active', JSON.stringify(made));
    await page.reload();
    await page.getByText('0 de 2 cuotas').waitFor();
    await page.getByRole('link', { name: made.name, exact: true }).click();
    await page.getByText('por teléfono, el martes').waitFor();
    agreement = new URL(page.url()).pathname;
    const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bajar el acuerdo (PDF)' }).click()]);
    assert.match(readFileSync(await paper.path(), 'latin1'), /^%PDF/);
    await page.getByRole('button', { name: 'Dejar sin efecto' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Dejar sin efecto' }).click();
    await page.getByText('El acuerdo quedó sin efecto.').waitFor();
  });
});

test('what somebody asks of their data gets a clock and an answer, and the record is proved to be whole', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/compliance?show=people`);
    await page.getByRole('searchbox').fill('guiza oscar 9');
    await page.getByRole('button', { name: /Óscar Güiza León 9 / }).click();
    await page.getByRole('listitem').filter({ hasText: 'Contrato de servicio, cláusula 8' }).filter({ hasText: /15 (de )?ene/ }).waitFor();
    await page.getByRole('button', { name: 'Anotar una solicitud' }).click();
    await page.getByText(/Anotada. Hay que responder hasta el/).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bajar su expediente' }).click()]);
    assert.match(readFileSync(await file.path(), 'utf8'), /Óscar Güiza León 9/);
    await page.screenshot({ path: `${pictures}/web-compliance-person.png` });
    await page.getByRole('tab', { name: 'Solicitudes' }).click();
    await page.getByText(/quedan \d+ días/).waitFor();
    await page.screenshot({ path: `${pictures}/web-compliance-requests.png` });
    await page.getByRole('button', { name: 'Cerrar la solicitud' }).click();
    await page.getByLabel('Qué se hizo').fill('se le entregó su expediente');
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar la solicitud' }).click();
    await page.getByText('Nadie espera una respuesta sobre sus datos').waitFor();
    await page.getByRole('tab', { name: 'Leyes en vigor' }).click();
    await page.getByRole('button', { name: /reglas: Colombia/ }).click();
    await page.getByText('CO-HOURS-WD').first().waitFor();
    await findsNothingSerious(page, 'rules');
    await page.screenshot({ path: `${pictures}/web-compliance-rules.png` });
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Auditoría' }).click();
    await page.getByRole('button', { name: 'Comprobar' }).click();
    await page.getByText('La historia está íntegra').waitFor();
    const [anchor] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bajar un ancla' }).click()]);
    assert.match(readFileSync(await anchor.path(), 'utf8'), /merkle_root/);
  });
});

test('a figure leads to the people behind it, and to a file with the same sum', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/analysis`);
    const row = page.getByRole('table', { name: 'Antigüedad de la deuda' }).getByRole('row', { name: /Más de 90/ });
    const owed = (await row.getByRole('cell').nth(2).innerText()).replace(/\s/g, ' ');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bajar «Antigüedad de la deuda» como CSV' }).click()]);
    const line = readFileSync(await download.path(), 'utf8').split('\r\n').find((one) => one.startsWith('Más de 90'));
    assert.equal(Number(line.split(';')[2].replace(',', '.')), Number(owed.replace(/[^\d,]/g, '').replace(',', '.')));
    await row.getByRole('link').click();
    await page.getByText(new RegExp(`deben ${owed.replace(/[.$]/g, '\\$&').replace(/ /g, '\\s')}$`)).waitFor();
    assert.equal(new URL(page.url()).search, '?age=more');
  });
});

test('behind every figure stand its people, with its own sums', async () => {
  await withPage({}, async (page) => {
    const plain = (text) => text.replace(/\s/g, ' ');
    const sums = async () => plain(await page.getByRole('status').filter({ hasText: 'persona' }).innerText());
    const back = () => page.getByRole('link', { name: 'Volver a Análisis' }).click();
    await page.goto(`${house}/app/analysis`);
    const months = page.getByRole('table', { name: 'Recuperación por mes de vencimiento' });
    const row = months.getByRole('row').nth(1);
    await row.waitFor();
    const [month, invoices, asked] = (await row.getByRole('cell').allInnerTexts()).map(plain);
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: `Facturas que vencen en ${month}` }).waitFor();
    const told = await sums();
    assert.ok(told.includes(`Facturas: ${invoices} ·`) && told.includes(`Facturado: ${asked} ·`), `${told} against ${invoices}, ${asked}`);
    assert.equal(await page.getByRole('table', { name: 'Personas' }).getByRole('row').count() - 1, Number(told.match(/^(\d+)/)[1]));
    await findsNothingSerious(page, 'the people of a month');
    await page.screenshot({ path: `${pictures}/web-analysis-people.png` });
    await back();

    const figures = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bajar las cifras' }).click()]);
    const lines = readFileSync(await figures[0].path(), 'utf8').split('\r\n');
    assert.deepEqual(lines.slice(1, 5).map((line) => line.split(';')[0]), ['Recuperado', 'Días de cobro (DSO)', 'Acuerdos cumplidos', 'Costo de recuperar']);

    // By the keyboard, as a cell of the hours is a link with its day and hour for a name.
    const hour = page.getByRole('table', { name: 'A qué horas le escriben' }).getByRole('link').first();
    const [, day, from, count] = (await hour.getAttribute('aria-label')).match(/^(\S+) a las (\S+): (\d+) mensaje/);
    await hour.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Escribieron: ${day}, de ${from} a` }).waitFor();
    assert.match(await sums(), new RegExp(`Mensajes: ${count}$`));
    await back();

    await page.getByText('Días de cobro (DSO)').locator('..').getByRole('link', { name: 'Ver quiénes' }).click();
    await page.getByRole('heading', { name: 'Quiénes deben y a quiénes se facturó en 90 días' }).waitFor();
    const owed = plain((await page.getByText(/Debe:/).innerText())).match(/Debe: (\$ [\d.,]+)/)[1];
    await back();
    assert.ok(plain(await page.getByText(/^Cada persona cuenta/).innerText()).includes(owed), 'what is owed is the same everywhere');
  });
});

test('each step of the strategy shows what people read, and leads to its text', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/strategies`);
    await page.getByRole('heading', { name: 'Nueva, Paga tarde' }).waitFor();
    await page.getByRole('button', { name: 'Ver el mensaje' }).first().click();
    await page.getByText('Se lo avisamos con tiempo').first().waitFor();
    await page.getByRole('link', { name: 'aviso_previo_v1' }).first().click();
    await page.getByRole('heading', { name: 'aviso_previo_v1' }).waitFor();
    await page.getByText('1 texto', { exact: true }).waitFor();
  });
});

test('everything is paused and resumed, and says so', async () => {
  await withPage({}, async (page) => {
    await page.goto(house);
    await page.getByRole('button', { name: 'Pausar todo' }).click();
    await page.getByLabel('¿Por qué?').fill('se revisa la lista');
    await page.getByRole('dialog').getByRole('button', { name: 'Pausar todo' }).click();
    await page.getByText('Motivo: se revisa la lista').waitFor();
    await findsNothingSerious(page, 'paused');
    for (const where of ['app/strategies', 'app/templates']) {
      await page.goto(`${house}/${where}`);
      await settled(page);
      if (where === 'app/strategies') await page.getByText('Todo está en pausa').first().waitFor();
      await findsNothingSerious(page, `${where}, paused`);
    }
    await page.goto(house);
    await page.getByRole('button', { name: 'Reanudar los envíos' }).click();
    await page.getByRole('button', { name: 'Pausar todo' }).waitFor();
  });
});

test('who signs out sees nothing, and comes in again with password and code', async () => {
  await withPage({}, async (page, context) => {
    await page.goto(house);
    await page.getByRole('button', { name: 'Salir' }).click();
    await page.getByRole('heading', { name: 'Entrar' }).waitFor();
    await findsNothingSerious(page, 'sign-in');
    await page.screenshot({ path: `${pictures}/web-sign-in.png` });
    await page.getByLabel('Correo').fill('lucia@andina.example');
    await page.locator('input[autocomplete$=password]').fill('no es esta');
    await page.keyboard.press('Enter');
    await page.getByText('El correo o la contraseña no coinciden.').waitFor();
    await page.locator('input[autocomplete$=password]').fill(kPassword);
    await page.keyboard.press('Enter');
    // Each code serves once: the next one, which is taken as well.
    await page.getByLabel('Código de seis cifras').fill(codeAt(totp, Date.now() + 30_000));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hoy' }).waitFor();
    state = await context.storageState();
  });
});

test('every page fits every width, in both themes, in every language', async () => {
  let person;
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/portfolio?search=${encodeURIComponent('10.204.304')}`);
    person = new URL(await page.getByRole('link', { name: 'Íngrid Zúñiga 4', exact: true }).getAttribute('href'), house).pathname;
  });
  const pages = { today: '/', portfolio: '/app/portfolio', person, conversations: `/app/conversations?filter=all`, talk: `/app/conversations?filter=all&with=${person.split('/').at(-1)}`,
    payments: '/app/payments', waiting: '/app/payments?show=waiting', files: '/app/payments?show=files', agreements: '/app/agreements?state=cancelled', agreement,
    compliance: '/app/compliance', permissions: '/app/compliance?show=people', laws: '/app/compliance?show=laws', audit: '/app/compliance?show=audit', reads: '/app/compliance?show=reads',
     strategies: '/app/strategies', templates: '/app/templates', analysis: '/app/analysis', behind: '/app/analysis/people?figure=dso&currency=COP', phone: '/app/phone',
    import: '/app/import', settings: '/app/settings', lost: '/app/none' };
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      await withPage({ viewport: { width, height: width === 360 ? 740 : 900 }, colorScheme }, async (page) => {
        for (const [name, address] of Object.entries(pages)) {
          await page.goto(house + address);
          if (name === 'lost') await page.getByText('Esta página no existe').waitFor();
          else await settled(page);
          const where = `${name} at ${width}, ${colorScheme}`;
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${where} is too wide`);
          await findsNothingSerious(page, where);
          await page.screenshot({ path: `${pictures}/web-${name}-${width}-${colorScheme}.png`, fullPage: width === 360 });
        }
      });
    }
  }
  for (const [language, title] of [['en', 'Today'], ['pt', 'Hoje']]) {
    await withPage({}, async (page) => {
      await page.addInitScript((chosen) => localStorage.setItem('puntual.language', chosen), language);
      await page.goto(house);
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
    });
  }
});
