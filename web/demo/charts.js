// Two small charts as SVG: messages of the last four weeks, and by hour of the day.
const kNamespace = 'http://www.w3.org/2000/svg';

function element(name, attributes, text) {
  const made = document.createElementNS(kNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Columns of two stacked parts over a base line; `parts` are from the base upwards.
function column(group, { x, width, base, top = 0, scale, parts, title }) {
  let y = base;
  for (const [name, value] of parts) {
    if (value === 0) continue;
    const height = Math.max(1, value * scale);
    y -= height;
    group.append(element('rect', { class: name, x, y, width, height, rx: Math.min(1.5, height / 2) }));
  }
  const target = element('rect', { x: x - 1, y: top, width: width + 2, height: base - top, fill: 'transparent' });
  target.append(element('title', {}, title));
  group.append(target);
}

function gridline(group, { value, scale, base, left, right }) {
  const y = base - value * scale;
  group.append(element('line', { class: 'axis', x1: left, x2: right, y1: y, y2: y }));
  if (value > 0) group.append(element('text', { class: 'tick', x: left - 5, y: y + 3, 'text-anchor': 'end' }, String(value)));
}

// A round number at or a little below the greatest, to write at the axis.
function roundBelow(greatest) {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, greatest)));
  const steps = [1, 2, 5].map((step) => step * magnitude).filter((step) => step <= greatest);
  return steps.length > 0 ? steps.at(-1) : 1;
}

export function drawDays(svg, days) {
  const width = 460, base = 112, left = 30;
  const greatest = Math.max(10, ...days.map((day) => day.reminders + day.courtesy));
  const scale = (base - 8) / greatest;
  const step = (width - left) / days.length;
  const group = element('g', {});
  days.forEach((day, index) => {
    const x = left + index * step;
    if (day.closed) group.append(element('rect', { class: 'bar-closed', x, y: 6, width: step, height: base - 6 }));
  });
  gridline(group, { value: roundBelow(greatest), scale, base, left, right: width });
  gridline(group, { value: 0, scale, base, left, right: width });
  days.forEach((day, index) => {
    const x = left + index * step;
    const closed = day.closed ? ` · cerrado (${day.closed})` : '';
    column(group, {
      x: x + step * 0.16, width: step * 0.68, base, scale,
      parts: [['bar-ask', day.reminders], ['bar-courtesy', day.courtesy]],
      title: `${day.label}${closed}: ${day.reminders} recordatorios, ${day.courtesy} de cortesía, ${day.payments} pagos`,
    });
    if (index % 7 === 0) group.append(element('text', { class: 'tick', x: x + step * 0.16, y: base + 14 }, day.label));
  });
  svg.replaceChildren(group);
  const total = days.reduce((sum, day) => sum + day.reminders + day.courtesy, 0);
  svg.setAttribute('aria-label', `${total} mensajes en cuatro semanas; ningún recordatorio en domingos ni festivos.`);
}

// Two rows, each with a scale of its own: a hundred reminders leave in one hour, thanks drop by all day.
export function drawHours(svg, hours) {
  const width = 300, left = 30, step = (width - left) / 24;
  const group = element('g', {});
  // Monday to Friday in Colombia, the narrower of both countries.
  group.append(element('rect', { class: 'bar-band', x: left + 7 * step, y: 2, width: 12 * step, height: 110 }));
  const row = (values, name, base, height, noun) => {
    const greatest = Math.max(1, ...values);
    const scale = height / greatest;
    if (greatest > 1) gridline(group, { value: roundBelow(greatest), scale, base, left, right: width });
    gridline(group, { value: 0, scale, base, left, right: width });
    values.forEach((value, hour) => column(group, {
      x: left + (hour + 0.14) * step, width: step * 0.72, base, top: base - height, scale, parts: [[name, value]],
      title: `De ${hour}:00 a ${hour + 1}:00: ${value} ${noun}`,
    }));
  };
  row(hours.reminders, 'bar-ask', 62, 52, 'recordatorios');
  row(hours.courtesy, 'bar-courtesy', 112, 38, 'de cortesía');
  for (const hour of [0, 7, 13, 19]) {
    group.append(element('text', { class: 'tick', x: left + hour * step, y: 126, 'text-anchor': 'middle' }, `${hour}:00`));
  }
  svg.replaceChildren(group);
  const outside = hours.reminders.reduce((sum, value, hour) => (hour < 7 || hour >= 20 ? sum + value : sum), 0);
  svg.setAttribute('aria-label', `Mensajes por hora del día; ${outside} recordatorios antes de las 7:00 o después de las 20:00.`);
}
