// Strategies and templates in Chromium: a draft by form and by text, what is wrong with it at its place, a rehearsal, two people who both
// edit, four eyes, a launch with the count typed, and the way back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test, before, after } from 'node:test';
import { House, binary, findsNothingSerious, openBrowser, pictures, visit } from '../support/browser_house.mjs';

const kPassword = 'una tarde de lluvia en Bogotá';
const kHers = 'el río crece en noviembre';
const kPeople = 520;
const kLast = 3;  // Of them, so late that nothing but the last notice is left.

const machine = new House();
let browser, house, sandbox, owner, second;

const portfolio = () => ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Saldo;Producto', ...Array.from({ length: kPeople }, (_, i) => {
  const due = new Date(Date.now() - (i < kLast ? 215 : i % 60 - 12) * 86_400_000).toISOString().slice(0, 10);
  return `Persona ${i};10.20${i % 10}.${String(1300 + i)};300 000 ${String(1000 + i)};F-${1000 + i};${due};90.900,00;90.900,00;Internet hogar`;
})].join('\n');

// Asks as a page of the house would.
const ask = (page, method, path, body, headers = {}) => page.evaluate(async ([verb, where, told, more]) => {
  const answer = await fetch(where, { method: verb, headers: { 'X-Puntual': '1', 'Content-Type': 'application/json', ...more }, body: told === null ? undefined : JSON.stringify(told) });
  return { status: answer.status, etag: answer.headers.get('ETag'), body: await answer.json().catch(() => null) };
}, [method, path, body ?? null, headers]);

async function signedIn(use) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(house);
  await use(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

// The second counts as somebody else once her account, which the first made, is some days old.
before(async () => {
  sandbox = await machine.settle({ access: 'second_factor = "optional"\nfour_eyes = true' });
  browser = await openBrowser();
  const { url, token: first } = await machine.serve({ PUNTUAL_TEST_CLOCK: new Date(Date.now() - 4 * 86_400_000).toISOString() });
  house = url;
  let invitation;
  await signedIn(async (page) => {
    const set = await ask(page, 'POST', '/v1/setup', { token: first, name: 'Lucía Herrera', email: 'lucia@andina.example', password: kPassword });
    assert.equal(set.status, 201, JSON.stringify(set.body));
    invitation = (await ask(page, 'POST', '/v1/users', { name: 'Marta Ruiz', email: 'marta@andina.example', role: 'supervisor' })).body;
  });
  await signedIn(async (page) => {
    const token = /[^#=/]+$/.exec(invitation.link ?? invitation.token)[0];
    assert.equal((await ask(page, 'POST', '/v1/password', { token, password: kHers })).status, 204, JSON.stringify(invitation));
  });
  await machine.stop();
  execFileSync(binary, ['import', machine.file('cartera.csv', portfolio()), '--data-dir', machine.folder, '--consent', 'Contrato, cláusula 8', '--confirmed-by', 'contract', '--evidence', 'Contrato, cláusula 3'], { stdio: 'ignore' });
  await machine.start(['serve', '--data-dir', machine.folder]);
  const signs = (email, password) => signedIn(async (page) => {
    assert.equal((await ask(page, 'POST', '/v1/session', { email, password })).status, 200);
  });
  owner = await signs('lucia@andina.example', kPassword);
  second = await signs('marta@andina.example', kHers);
});

after(async () => {
  await browser?.close();
  await machine.end();
});

const withPage = (storageState, use, options = {}) => visit(browser, { name: 'texts', spared: /401|403|412|422/, patience: 45_000, storageState, ...options }, use);

const tab = (page, name) => page.getByRole('tab', { name, exact: true }).click();
const way = (page, name) => page.getByRole('radiogroup', { name: 'Cómo verlo' }).getByText(name, { exact: true }).click();

test('a strategy is edited by form and by text, and what is wrong is told at its line', async () => {
  await withPage(owner, async (page) => {
    await page.goto(`${house}/app/strategies`);
    await tab(page, 'Editar');
    await page.getByLabel('Mensajes por semana, como máximo').fill('2');
    await page.getByText('cambios sin guardar').waitFor();
    await findsNothingSerious(page, 'form');
    await page.screenshot({ path: `${pictures}/texts-form.png` });
    await way(page, 'Texto');
    const source = page.getByLabel('Texto del borrador');
    const text = await source.inputValue();
    assert.match(text, /messages_per_week = 2\n/);
    assert.match(text, /Dos días entre mensajes/, 'comments stay');
    await source.fill(text.replace('messages_per_week = 2', 'messages_per_wek = 2'));
    await page.getByText('¿quiso escribir «messages_per_week»?').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Guardar borrador' }).isDisabled());
    const line = text.split('\n').findIndex((one) => one.startsWith('messages_per_week')) + 1;
    await page.getByRole('button', { name: `Línea ${line}` }).first().click();
    assert.equal(await source.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd)), 'messages_per_wek = 2');
    await page.screenshot({ path: `${pictures}/texts-wrong.png` });
    await source.evaluate((box) => box.setSelectionRange(2, 2));
    await page.keyboard.type('aquí');
    assert.equal((await source.inputValue()).slice(2, 6), 'aquí', 'the caret stays where one types');
    await source.fill(text);
    await way(page, 'Comparar');
    await page.getByRole('table', { name: 'Diferencias' }).getByText('messages_per_week = 3').waitFor();
    await findsNothingSerious(page, 'diff');
    await page.screenshot({ path: `${pictures}/texts-diff.png` });
    await page.getByRole('button', { name: 'Guardar borrador' }).click();
    await page.getByText('Borrador guardado').waitFor();
    await page.getByText('Espera que lo apruebe alguien que no lo haya editado').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Lanzar…' }).count(), 0);
    await page.getByText('Hay un borrador de esta estrategia').waitFor();
  });
});

test('last notices are read one by one by two people, and who comes late hears that it is decided', async () => {
  const opened = async (page) => {
    await page.goto(`${house}/app/strategies`);
    await page.getByRole('button', { name: 'Leer uno por uno' }).click();
    const dialog = page.getByRole('dialog', { name: 'Últimos avisos por leer' });
    await dialog.getByRole('checkbox', { name: 'Persona 0' }).waitFor();
    return dialog;
  };
  await withPage(owner, async (page) => {
    const first = await opened(page);
    assert.equal(await first.getByRole('checkbox').count(), kLast);
    await findsNothingSerious(page, 'last notices');
    await withPage(second, async (other) => {
      const hers = await opened(other);
      await first.getByRole('checkbox', { name: 'Persona 0' }).check();
      await first.getByRole('button', { name: 'Dejar salir 1' }).click();
      await page.getByText('Falta que otra persona deje salir 1 aviso.').waitFor();
      await other.reload();  // Whose turn it is, is told with the name.
      const now = await opened(other);
      await now.getByText('Lucía Herrera ya lo dejó salir; falta otra persona.').waitFor();
      await other.screenshot({ path: `${pictures}/texts-last-notices.png` });
      await now.getByRole('checkbox', { name: 'Persona 0' }).check();
      await now.getByRole('button', { name: 'Dejar salir 1' }).click();
      await other.getByText('1 aviso queda para salir.').waitFor();
      await now.getByRole('checkbox', { name: 'Persona 0' }).waitFor({ state: 'detached' });
      assert.ok(hers);
    });
    // Hers is decided; his list still has it.
    await first.getByRole('checkbox', { name: 'Persona 0' }).check();
    await first.getByRole('button', { name: 'No dejar salir', exact: true }).click();
    const why = page.getByRole('dialog', { name: 'No dejar salir 1 aviso' });
    await why.getByLabel('Por qué').fill('Pidió un plazo');
    await why.getByRole('button', { name: 'No dejar salir' }).click();
    await page.getByText('1 ya no esperaba: otra persona lo decidió').waitFor();
    await first.getByRole('checkbox', { name: 'Persona 0' }).waitFor({ state: 'detached' });
    // All at once is as many as one has read.
    await first.getByLabel(/Para todos, escriba/).fill(String(kLast));
    assert.ok(await first.getByRole('button', { name: /^Dejar salir los/ }).isDisabled());
  });
});

test('the month ahead is rehearsed, and stands there after a reload', async () => {
  await withPage(owner, async (page) => {
    await page.goto(`${house}/app/strategies?tab=rehearsal`);
    const count = async () => Object.values((await ask(page, 'GET', '/v1/views/today')).body.messages).reduce((all, n) => all + n, 0);
    const before = await count(); // Of any state: by day the house itself sends meanwhile.
    await page.getByRole('button', { name: 'Ensayar el borrador' }).click();
    const month = page.getByRole('table', { name: 'Mensajes de cada día' });
    await month.waitFor({ timeout: 90_000 });
    const days = await month.locator('strong').allInnerTexts();
    assert.equal(days.length, 30);
    const sum = days.reduce((all, day) => all + (Number(day.replace(/\D/g, '')) || 0), 0);
    assert.ok(sum > kPeople / 2, String(days));
    await page.getByText(`de ${kPeople} que deben`).waitFor();
    await page.reload();
    await month.waitFor();
    await page.locator('.recharts-surface').first().waitFor();
    await findsNothingSerious(page, 'rehearsal');
    await page.screenshot({ path: `${pictures}/texts-rehearsal-1440-light.png`, fullPage: true });
    assert.equal(await count(), before, 'nothing has left the house for it');
  });
  for (const [width, colorScheme] of [[360, 'dark'], [360, 'light'], [1440, 'dark']]) {
    await withPage(owner, async (page) => {
      for (const [name, where] of [['rehearsal', '?tab=rehearsal'], ['form', '?tab=edit']]) {
        await page.goto(`${house}/app/strategies${where}`);
        await page.locator('h1').first().waitFor();
        await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'));
        await page.waitForTimeout(300);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is wider than ${width}`);
        await findsNothingSerious(page, `${name} ${width} ${colorScheme}`);
        await page.screenshot({ path: `${pictures}/texts-${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }, { viewport: { width, height: 800 }, colorScheme });
  }
});

test('what is written and not kept, and a rehearsal, stay with their strategy', async () => {
  await withPage(owner, async (page) => {
    await page.goto(`${house}/app/strategies?tab=edit`);
    const which = page.getByRole('combobox', { name: 'Estrategia' });
    const own = await which.inputValue();
    const choose = async (name) => {
      await which.click();
      await page.getByRole('option').filter(name).first().click();
    };
    await page.getByLabel('Mensajes por semana, como máximo').fill('5');
    await page.getByText('cambios sin guardar').waitFor();
    await choose({ hasNotText: own });
    await page.getByText('cambios sin guardar').waitFor({ state: 'hidden' });
    await tab(page, 'Ensayo');
    await page.getByText('Todavía no hay un ensayo').waitFor();
    await page.getByRole('link', { name: 'Cartera' }).click();
    await page.getByRole('link', { name: 'Estrategias' }).click();
    await tab(page, 'Editar');
    assert.equal(await page.getByLabel('Mensajes por semana, como máximo').inputValue(), '5');
    let asked = '';
    page.on('dialog', (dialog) => { asked = dialog.type(); void dialog.accept(); });
    await page.reload();
    assert.equal(asked, 'beforeunload');
  });
});

test('two who edit at once: nobody overwrites unseen', async () => {
  await withPage(owner, async (page) => {
    await page.goto(`${house}/app/strategies?tab=edit`);
    await page.getByLabel('Días entre dos mensajes, como mínimo').fill('4');
    await withPage(second, async (other) => {
      await other.goto(`${house}/app/strategies?tab=edit`);
      await other.getByLabel('Incluir lo que vence dentro de estos días').fill('5');
      await other.getByRole('button', { name: 'Guardar borrador' }).click();
      await other.getByText('Borrador guardado').waitFor();
      await other.getByText('Espera que lo apruebe alguien').waitFor();  // She has edited it as well now.
    });
    await page.getByRole('button', { name: 'Guardar borrador' }).click();
    const dialog = page.getByRole('dialog', { name: 'Otra persona cambió este borrador' });
    await dialog.getByText('Marta Ruiz guardó otro texto').waitFor();
    await dialog.getByText('horizon_days = 5').waitFor();
    await page.screenshot({ path: `${pictures}/texts-conflict.png` });
    await dialog.getByRole('button', { name: 'Seguir con lo que hay' }).click();
    assert.equal(await page.getByLabel('Incluir lo que vence dentro de estos días').inputValue(), '5');
    await page.getByRole('button', { name: 'Descartar borrador' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Descartar borrador' }).click();
    await page.getByText('Sin borrador:').waitFor();
    await page.getByLabel('Mensajes por semana, como máximo').fill('1');
    // The last notice is read, and let leave: by the draft, as all that changes.
    await tab(page, 'Calendario');
    const review = page.getByRole('region', { name: 'El último aviso espera su revisión' });
    await review.locator('.bubble').first().waitFor();
    await findsNothingSerious(page, 'review');
    await page.screenshot({ path: `${pictures}/texts-review.png` });
    await review.getByRole('button', { name: 'Lo leí: que pueda salir' }).click();
    await page.getByRole('table', { name: 'Diferencias' }).getByText('reviewed = true').first().waitFor();
    await page.getByRole('button', { name: 'Guardar borrador' }).click();
    await page.getByText('Espera que lo apruebe alguien').waitFor();
  });
});

test('who has not edited it approves it, and it is launched by typing for how many', async () => {
  await withPage(second, async (page) => {
    await page.goto(`${house}/app/strategies?tab=edit`);
    await page.getByRole('button', { name: 'Aprobar' }).click();
    await page.getByText('aprobado por Marta Ruiz').waitFor();
    await page.getByRole('button', { name: 'Lanzar…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Lanzar esta versión' });
    await dialog.getByLabel('¿Por qué se cambia?').fill('En diciembre escribimos menos');
    const launch = dialog.getByRole('button', { name: 'Lanzar' });
    assert.ok(await launch.isDisabled());
    await dialog.getByLabel(`Para confirmar, escriba a cuántas personas afecta: ${kPeople}`).fill('52');
    assert.ok(await launch.isDisabled());
    await dialog.getByLabel('Para confirmar').fill(String(kPeople));
    await findsNothingSerious(page, 'launch');
    await page.screenshot({ path: `${pictures}/texts-launch.png` });
    await launch.click();
    await page.getByText('Lanzada: vale desde ahora').waitFor();
    await tab(page, 'Calendario');
    await page.getByText('1 mensaje a la semana, como máximo').waitFor();
    await page.getByRole('region', { name: 'El último aviso espera su revisión' }).waitFor({ state: 'detached' });
    await tab(page, 'Versiones');
    await page.getByText('En diciembre escribimos menos').waitFor();
    await page.getByRole('button', { name: 'Tomarla como borrador' }).click();
    await page.getByText('Sin borrador:').waitFor();  // It is what is in force.
    await page.screenshot({ path: `${pictures}/texts-versions.png` });
  });
});

test('a template is edited beside what the phone shows, and goes to the platform once it is approved and launched', async () => {
  await withPage(owner, async (page) => {
    await page.goto(`${house}/app/templates?search=vencido_amable_v1`);
    await page.getByRole('button', { name: 'Editar vencido_amable_v1', exact: true }).click();
    const source = page.getByLabel('Texto del borrador');
    const text = await source.inputValue();
    await source.fill(text.replace('footer', 'pie'));
    await page.getByText('Hay que corregir').waitFor();
    await source.fill(text.replace(/Buen(os)? día(s)?/, 'Muy buen día'));
    await page.locator('.bubble').getByText('Muy buen día').waitFor();
    await findsNothingSerious(page, 'template');
    await page.screenshot({ path: `${pictures}/texts-template.png` });
    await way(page, 'Comparar');
    const differences = page.getByRole('table', { name: 'Diferencias' });
    await differences.getByText('Muy buen día').waitFor();
    assert.ok(await differences.locator('td.new').count() > 0 && await differences.locator('td.gone').count() > 0);
    await findsNothingSerious(page, 'template diff');
    await page.screenshot({ path: `${pictures}/texts-template-diff.png` });
    await way(page, 'Texto');
    await page.getByRole('button', { name: 'Guardar borrador' }).click();
    await page.getByText('Espera que lo apruebe alguien').waitFor();
  });
  await withPage(second, async (page) => {
    await page.goto(`${house}/app/templates?edit=es_CO/vencido_amable_v1`);
    await page.getByRole('button', { name: 'Aprobar' }).click();
    await page.getByRole('button', { name: 'Lanzar…' }).click();
    await page.getByLabel('¿Por qué se cambia?').fill('Más cercano');
    await page.getByRole('dialog').getByRole('button', { name: 'Lanzar', exact: true }).click();
    await page.getByText('Lanzada: vale desde ahora').waitFor();
    await page.goto(`${house}/app/templates?search=vencido_amable_v1`);
    await page.getByText('Muy buen día').first().waitFor();
  });
  const told = async () => (await (await fetch(`${sandbox.base_url}/v25.0/${sandbox.waba_id}/message_templates?limit=500`, { headers: { Authorization: 'Bearer token-of-the-tests' } })).text());
  for (let tries = 0; tries < 100 && !(await told()).includes('Muy buen d'); ++tries) await new Promise((resolve) => setTimeout(resolve, 200));
  assert.match(await told(), /Muy buen d/);
});
