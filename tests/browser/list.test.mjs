// The lists and the files of the web application in Chromium: columns corrected by hand and remembered, an import undone, the people behind
// a silence, views under a name that two people change, a list taken out; and all of it at 320 px.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test, before, after } from 'node:test';
import { House, binary, findsNothingSerious, openBrowser, pictures, visit } from '../support/browser_house.mjs';

const kPassword = 'una tarde de lluvia en Bogotá';
const machine = new House();
let browser, house, state;

const portfolio = (balance) => ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Pendientico',
  ...Array.from({ length: 12 }, (_, i) => `Persona ${i};10.20${i}.300;300 000 10${String(10 + i)};F-${i};0${1 + (i % 9)}/06/2026;90.000,00;${balance}.000,00`)].join('\n');

before(async () => {
  await machine.settle({ first: `api_token_file = "${machine.file('api_token', `${'a1'.repeat(32)}\n`)}"` });
  ({ url: house } = await machine.serve());
  execFileSync(binary, ['user', 'add', 'ana@andina.example', '--name', 'Ana Ruiz', '--role', 'supervisor', '--password-stdin', '--data-dir', machine.folder], { input: `${kPassword}\n` });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

const withPage = (options, use) => visit(browser, { name: 'list', spared: /40[0139]|412/, storageState: state, ...options }, use);

// What sticks out of the screen.
const tooWide = (page) => page.evaluate(() => (document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
  : [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 4).map((one) => one.outerHTML.slice(0, 140))));

const choose = (page, text) => page.locator('input[type=file]').setInputFiles({ name: 'cartera.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('who is known signs in', async () => {
  await withPage({}, async (page, context) => {
    await page.goto(house);
    await page.getByLabel('Correo').fill('ana@andina.example');
    await page.locator('input[autocomplete$=password]').fill(kPassword);
    await page.keyboard.press('Enter');
    await page.getByText('Su cartera está vacía').waitFor();
    state = await context.storageState();
  });
});

test('a column that is not understood is said by hand, and remembered', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/import`);
    await choose(page, portfolio(50));
    await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
    await page.getByRole('heading', { name: 'Así se entiende su archivo' }).waitFor();
    await page.getByText('50.000,00').first().waitFor();
    await findsNothingSerious(page, 'columns');
    await page.screenshot({ path: `${pictures}/list-columns.png`, fullPage: true });
    await page.getByLabel('Qué es la columna Pendientico').selectOption('balance');
    await page.getByRole('button', { name: 'Seguir' }).click();
    await page.getByText('Saldo del archivo: $ 600.000').waitFor();
    await page.getByRole('button', { name: 'Guardar 12 filas' }).click();
    await page.getByText('Su cartera está guardada').waitFor();
    await page.getByRole('button', { name: 'Importar otro archivo' }).click();
    await choose(page, portfolio(40));
    await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
    await page.getByText('como se corrigió la última vez').waitFor();
    await page.getByRole('button', { name: 'Seguir' }).click();
    await page.getByText('Saldo del archivo: $ 480.000').waitFor();
    await page.getByRole('button', { name: 'Guardar 12 filas' }).click();
    await page.getByText('Su cartera está guardada').waitFor();
  });
});

test('an import is undone: the balances are those of before', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/import`);
    await page.getByRole('heading', { name: 'Lo que se ha cargado' }).waitFor();
    await page.getByText('dentro de 24 horas').first().waitFor();
    await findsNothingSerious(page, 'history');
    await page.screenshot({ path: `${pictures}/list-history.png`, fullPage: true });
    await page.getByRole('button', { name: 'Deshacer' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('La importación quedó deshecha.').waitFor();
    await page.goto(`${house}/app/portfolio`);
    await page.getByText('12 personas deben $ 600.000').waitFor();
  });
});

test('a silence leads to its people; the list is kept as a view and taken out as it is shown', async () => {
  await withPage({}, async (page, context) => {
    await page.goto(house);
    const silence = page.getByRole('region', { name: 'A quién no se le escribe, y por qué' }).getByRole('link').first();
    await silence.click();
    await page.waitForURL(/silence=/);
    await page.getByRole('link', { name: 'Persona 0' }).waitFor();
    await page.getByRole('button', { name: 'Vistas' }).click();
    await page.getByRole('menuitem', { name: 'Guardar esta vista' }).click();
    await page.getByLabel('Nombre de la vista').fill('Sin autorización');
    await page.getByLabel('Que la vea todo el equipo').check();
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('La vista quedó guardada.').waitFor();
    await page.goto(`${house}/app/portfolio`);
    await page.getByRole('button', { name: 'Vistas' }).click();
    await findsNothingSerious(page, 'views');
    await page.screenshot({ path: `${pictures}/list-views.png` });
    // Somebody else renames it while it is being changed here.
    await page.getByRole('menuitem', { name: 'Cambiar la vista Sin autorización' }).click();
    await page.getByLabel('Nombre de la vista').fill('Lo mío');
    const other = await context.newPage();
    await other.goto(house);
    await other.evaluate(async () => {
      const { views } = await (await fetch('/v1/saved-views?page=portfolio')).json();
      await fetch(`/v1/saved-views/${views[0].id}`, { method: 'PATCH', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'Lo de otra persona' }) });
    });
    await other.close();
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('Otra persona lo cambió mientras usted lo editaba').waitFor();
    await page.screenshot({ path: `${pictures}/list-conflict.png` });
    await page.getByRole('button', { name: 'Ver cómo está ahora' }).click();
    await page.getByRole('button', { name: 'Vistas' }).click();
    await page.getByRole('menuitem', { name: /^Lo de otra persona/ }).click();
    await page.waitForURL(/silence=/);
    await page.getByRole('button', { name: 'Exportar' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
    const text = readFileSync(await file.path(), 'utf8');
    assert.match(text, /^\ufeffCliente;Documento;/);
    assert.equal(text.trim().split('\r\n').length, 13);
  });
});

test('the inbox keeps its own views: nothing of the portfolio stands among them', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/conversations`);
    await page.getByText('Aplazadas', { exact: true }).click();
    await page.waitForURL(/filter=snoozed/);
    await page.getByRole('button', { name: 'Vistas' }).click();
    await page.getByRole('menuitem', { name: 'Guardar esta vista' }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: /^Lo de otra persona/ }).count(), 0);
    await page.getByRole('menuitem', { name: 'Guardar esta vista' }).click();
    await page.getByLabel('Nombre de la vista').fill('Para la tarde');
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('La vista quedó guardada.').waitFor();
    await page.goto(`${house}/app/conversations`);
    await page.getByRole('button', { name: 'Vistas' }).click();
    await findsNothingSerious(page, 'views of the inbox');
    await page.screenshot({ path: `${pictures}/list-views-inbox.png` });
    await page.getByRole('menuitem', { name: 'Para la tarde', exact: true }).click();
    await page.waitForURL(/filter=snoozed/);
    await page.locator('label[data-active]').getByText('Aplazadas').waitFor();
  });
});

test('an invoice that a colleague corrects meanwhile is not corrected over their word', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/portfolio?search=F-3`);
    await page.getByRole('link', { name: 'Persona 3' }).click();
    await page.getByRole('button', { name: 'Qué hacer con F-3' }).click();
    const read = page.waitForResponse(/\/v1\/invoices\/F-3$/);
    await page.getByRole('menuitem', { name: 'Corregirla o retirarla' }).click();
    await read;
    await page.getByLabel('Monto correcto').fill('80000');
    await page.getByRole('dialog').getByLabel('Por qué').fill('se facturó de más');
    await page.evaluate(() => fetch('/v1/invoices/F-3/correct', { method: 'POST', headers: { 'X-Puntual': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ amount_minor: 7_000_000, why: 'descuento' }) }));
    await page.getByRole('button', { name: 'Corregirla', exact: true }).click();
    await page.getByText('Otra persona lo cambió mientras usted lo editaba').waitFor();
    await findsNothingSerious(page, 'a conflict over an invoice');
    await page.getByRole('button', { name: 'Ver cómo está ahora' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { amount_minor: kept } = await page.evaluate(async () => (await fetch('/v1/invoices/F-3')).json());
    assert.equal(kept, 7_000_000);
  });
});

test('the files that were loaded stand by their names', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${house}/app/import`);
    await page.getByText('cartera.csv').first().waitFor();
  });
});

test('nothing is wider than 320 px', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 360, 1440]) {
      await withPage({ viewport: { width, height: 700 }, colorScheme }, async (page) => {
        for (const where of ['', 'app/portfolio', 'app/import', 'app/payments', 'app/payments?show=bank', 'app/agreements', 'app/conversations', 'app/strategies', 'app/strategies?tab=rehearsal', 'app/templates', 'app/compliance', 'app/analysis', 'app/settings']) {
          await page.goto(`${house}/${where}`);
          await page.locator('h1').first().waitFor();
          await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'));
          const wide = await tooWide(page);
          assert.deepEqual(wide, [], `${where} at ${width}`);
          if (width !== 320) await page.screenshot({ path: `${pictures}/list-${where.replace(/\W+/g, '-') || 'today'}-${width}-${colorScheme}.png`, fullPage: true });
        }
        await page.goto(`${house}/app/import`);
        await choose(page, portfolio(50));
        await page.getByRole('button', { name: 'Ver qué se entiende' }).click();
        await page.getByRole('heading', { name: 'Así se entiende su archivo' }).waitFor();
        assert.deepEqual(await tooWide(page), [], `columns at ${width}`);
        // What is chosen is read whole.
        assert.deepEqual(await page.getByRole('combobox').evaluateAll((all) => all.filter((one) => {
          const style = getComputedStyle(one), pen = document.createElement('canvas').getContext('2d');
          pen.font = style.font;
          return one.tagName === 'SELECT' && pen.measureText(one.selectedOptions[0].text).width > one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1;
        }).map((one) => one.selectedOptions[0].text)), [], `columns at ${width}`);
        if (width === 360) await page.screenshot({ path: `${pictures}/list-columns-360-${colorScheme}.png`, fullPage: true });
      });
    }
  }
});
