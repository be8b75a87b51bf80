// A strategy as a form: each field is one value of its text, which alone is what is kept.
import { Accordion, ActionIcon, Autocomplete, Button, Card as Plain, Group, NumberInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { digitsOf, useSay, type Key } from '../i18n';
import { Card } from '../ui/Card';
import { Notice } from '../ui/Notice';
import { peopleOf } from './api';
import { cadencesOf, isPlain, rawOf, rawText, tableOf, textOf, withStepAfter, withTableValue, withValue, withoutStep, type Block, type Cadence } from './toml';

interface Writing {
  text: string;
  write: (text: string) => void;
}
const numberOf = (raw: string | undefined) => (raw === undefined ? '' : Number(raw));

function Measure({ text, write, table, name, label, usual, min, max }: Writing & { table: string; name: string; label: string; usual: number; min: number; max: number }) {
  const value = numberOf(rawOf(text, tableOf(text, table), name));
  return <NumberInput label={label} value={value === '' ? usual : value} min={min} max={max} allowDecimal={false} clampBehavior="blur" onChange={(now) => write(withTableValue(text, table, name, now === '' ? null : String(now)))} />;
}

function Step({ text, write, cadence, step, templates }: Writing & { cadence: Cadence; step: Block; templates: string[] }) {
  const say = useSay();
  const told = (key: string) => textOf(rawOf(text, step, key));
  const set = (key: string, raw: string | null) => write(withValue(text, step, key, raw));
  const day = Number(told('day') ?? 0);
  const next = cadence.steps[cadence.steps.indexOf(step) + 1];
  const nextDay = next ? Number(rawOf(text, next, 'day')) : day + 14;
  const between = Math.max(day + 1, Math.floor((day + nextDay) / 2));
  const options = (kind: 'objective' | 'tone', values: string[]) => values.map((value) => ({ value, label: say(`strategies.${kind}.${value}` as Key) }));
  const name = told('id') ?? '';
  return (
    <Plain component="fieldset" withBorder padding="sm" mb="sm" className="step">
      <legend className="step-name">{name}</legend>
      <Group gap="sm" align="end">
        <NumberInput label={say('strategies.form.day')} w="6.5rem" value={day} min={-365} max={3650} allowDecimal={false} onChange={(now) => now !== '' && now !== '-' && set('day', String(now))} />
        <Select label={say('strategies.form.objective')} flex="1 1 9rem" allowDeselect={false} value={told('objective') ?? 'remind'} data={options('objective', ['inform', 'remind', 'collect', 'negotiate', 'last_notice'])} onChange={(now) => now && set('objective', rawText(now))} />
        <Select label={say('strategies.form.tone')} flex="1 1 8rem" allowDeselect={false} value={told('tone') ?? 'neutral'} data={options('tone', ['warm', 'neutral', 'direct'])} onChange={(now) => now && set('tone', rawText(now))} />
        <NumberInput label={say('strategies.form.gap')} w="8rem" value={numberOf(rawOf(text, step, 'gap_days'))} placeholder={say('strategies.form.usual')} min={1} max={365} allowDecimal={false} onChange={(now) => set('gap_days', now === '' ? null : String(now))} />
        <Autocomplete label={say('strategies.form.template')} flex="1 1 14rem" value={told('template') ?? ''} data={templates} onChange={(now) => set('template', rawText(now))} />
        <Autocomplete label={say('strategies.form.many')} flex="1 1 14rem" value={told('template_many') ?? ''} data={templates} onChange={(now) => set('template_many', now ? rawText(now) : null)} />
        <Select label={say('strategies.form.attach')} flex="1 1 9rem" allowDeselect={false} value={told('attach') ?? 'none'} data={['none', 'invoice', 'statement'].map((value) => ({ value, label: say(`strategies.attach.${value}` as Key) }))} onChange={(now) => set('attach', !now || now === 'none' ? null : rawText(now))} />
      </Group>
      {told('objective') === 'last_notice' && <Switch mt="sm" label={say('strategies.form.reviewed')} checked={told('reviewed') === 'true'} onChange={(event) => set('reviewed', String(event.currentTarget.checked))} />}
      <Group gap="xs" mt="sm" justify="space-between">
        {between < nextDay ? <Button size="compact-sm" variant="subtle" onClick={() => write(withStepAfter(text, cadence, step, between))}>{say('strategies.form.add')}</Button> : <span />}
        {cadence.steps.length > 1 && <ActionIcon variant="subtle" color="red.9" size="lg" aria-label={say('strategies.form.remove', { name })} onClick={() => write(withoutStep(text, step))}><IconTrash size={18} /></ActionIcon>}
      </Group>
    </Plain>
  );
}

export function Form({ text, write, templates, currency }: Writing & { templates: string[]; currency: string }) {
  const say = useSay();
  if (!isPlain(text)) return <Notice><Text size="sm">{say('strategies.form.notPlain')}</Text></Notice>;
  const unit = 10 ** digitsOf(currency);
  const first = textOf(rawOf(text, tableOf(text, 'hours'), 'first')) ?? '';
  const least = numberOf(rawOf(text, tableOf(text, 'caps'), 'minimum_balance_minor'));
  return (
    <div className="columns">
      <Card title={say('strategies.limits')}>
        <div className="grid" style={{ alignItems: 'end' }}>
          <Measure text={text} write={write} table="caps" name="messages_per_week" label={say('strategies.form.perWeek')} usual={3} min={1} max={7} />
          <Measure text={text} write={write} table="caps" name="gap_days" label={say('strategies.form.gapDays')} usual={2} min={1} max={365} />
          <Measure text={text} write={write} table="caps" name="horizon_days" label={say('strategies.form.horizon')} usual={7} min={0} max={60} />
          <TextInput type="time" label={say('strategies.form.first')} value={first} onChange={(event) => write(withTableValue(text, 'hours', 'first', event.currentTarget.value ? rawText(event.currentTarget.value) : null))} />
          <NumberInput label={say('strategies.form.minimum', { currency })} value={least === '' ? 0 : least / unit} min={0} decimalScale={digitsOf(currency)} onChange={(now) => write(withTableValue(text, 'caps', 'minimum_balance_minor', now === '' ? null : String(Math.round(Number(now) * unit))))} />
        </div>
        <Text size="sm" c="dimmed" mt="sm">{say('strategies.form.rest')}</Text>
      </Card>
      <Accordion multiple defaultValue={['0']} variant="separated" keepMounted={false}>
      {cadencesOf(text).map((cadence, at) => {
        const segments = [...(rawOf(text, cadence.block, 'segments') ?? '').matchAll(/"(\w+)"/g)].map((found) => found[1]);
        return (
          <Accordion.Item key={at} value={String(at)}>
            <Accordion.Control>{peopleOf(segments, say)}</Accordion.Control>
            <Accordion.Panel>{cadence.steps.map((step, number) => <Step key={number} text={text} write={write} cadence={cadence} step={step} templates={templates} />)}</Accordion.Panel>
          </Accordion.Item>
        );
      })}
      </Accordion>
    </div>
  );
}
