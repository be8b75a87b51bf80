// Spanish as the country of the house says it, where es.ts would sound foreign there; the rest is one Spanish for all, and says "usted"
// everywhere, as to a customer. Money, numbers and dates are the country's own by formatsOf(). A key stands here only if it differs.
import { es } from './es';

type Form = Partial<Record<keyof typeof es, string>>;

const computadora: Form = { 'account.passkeys.text': es['account.passkeys.text'].replace('computador ', 'computadora ') };

export const forms: Record<string, Form> = {
  CO: {},
  CL: {},
  PE: { ...computadora },
  AR: {
    ...computadora,
    'bank.rule.settlement': 'acreditación de una pasarela',
    'invoice.written_off': 'incobrable',
    'person.write_off': 'Darla por incobrable',
    'person.write_off.approve.done': 'La deuda quedó como incobrable.',
    'person.write_off.refuse': 'No darla por incobrable',
    'person.write_off.title': 'Dar por incobrable {invoice}: {money}',
    'person.write_off.waits': 'Se pide dar por incobrable {invoice}: {money}',
  },
  MX: {
    ...computadora,
    'bank.rule.settlement': 'depósito de una pasarela',
    'portfolio.age': 'Atraso',
    'portfolio.order.late': 'Más atraso',
    'portfolio.late': 'Atraso',
    'portfolio.none.age': 'Nadie debe con ese atraso.',
    'invoice.written_off': 'incobrable',
    'person.waive.text': 'Se le deja de cobrar lo que la factura sumó por atraso y gastos.',
    'person.write_off': 'Darla por incobrable',
    'person.write_off.approve.done': 'La deuda quedó como incobrable.',
    'person.write_off.refuse': 'No darla por incobrable',
    'person.write_off.title': 'Dar por incobrable {invoice}: {money}',
    'person.write_off.waits': 'Se pide dar por incobrable {invoice}: {money}',
    'agreements.kind.plan': 'Plan de parcialidades',
    'agreements.met': '{met} de {all} parcialidades',
    'agreements.schedule': 'Parcialidades',
    'mistake.planDays': es['mistake.planDays'].replace('cuota', 'parcialidad'),
    'tour.plan.deed': 'Pedir parcialidades',
    'tour.plan.words': 'No puedo pagar todo, ¿me lo pueden dar en parcialidades?',
  },
};
