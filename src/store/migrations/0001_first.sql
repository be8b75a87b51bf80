-- The first schema. One text for SQLite and PostgreSQL: {{id}} is INTEGER PRIMARY KEY or BIGINT NOT NULL,
-- {{key}} the primary key (creditor_id, id) where the id alone is not one, {{clustered}} keeps small tables
-- in the order of their key, {{bytes}} is BLOB or BYTEA: what is sealed under a person's key (store/vault.h), or a
-- keyed hash to find it by. Instants are BIGINT milliseconds UTC, civil dates BIGINT days since 1970,
-- money BIGINT minor units; the creditor leads every key.
-- Works with programs from schema 1: the oldest that can still write to what this makes.

CREATE TABLE creditor (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  agent_name TEXT NOT NULL,
  country TEXT NOT NULL,
  zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  currency TEXT NOT NULL,
  help TEXT NOT NULL,
  payment_link_base TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  strategy TEXT NOT NULL,
  person_in_charge TEXT NOT NULL,  -- This and the next five are what some countries want said; may be empty.
  address TEXT NOT NULL,
  tax_id TEXT NOT NULL,            -- Printed on papers; may be empty.
  phone TEXT NOT NULL,
  complaints_unit TEXT NOT NULL,
  charges TEXT NOT NULL,           -- A sentence on agreed interest and costs.
  paused_at BIGINT,          -- Nothing is sent while set; set by a person or by a grave answer of the platform.
  paused_why TEXT NOT NULL DEFAULT ''
);

-- One key a person, wrapped under the master key. Erasing a person overwrites theirs with zeros; the row stays, so that
-- no second key is made. Left out of backups of the data.
CREATE TABLE person_key (
  id {{id}},                 -- The debtor's.
  creditor_id BIGINT NOT NULL,
  wrapped {{bytes}} NOT NULL,
  {{key}}
);

CREATE TABLE debtor (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  country TEXT NOT NULL,
  zone TEXT NOT NULL,
  profile {{bytes}} NOT NULL,  -- Sealed: name, phone, user id, e-mail. Empty once erased.
  known_by {{bytes}} NOT NULL DEFAULT '',  -- Sealed: the values of table identifier that stand for them.
  phone_key {{bytes}},         -- Of the phone to write to, as in identifier; null: none.
  owns_phone BIGINT NOT NULL DEFAULT 0,  -- 1: identifier leads from phone_key to this record; 0: it need not.
  stranger BIGINT NOT NULL DEFAULT 0,    -- 1: has written, and no file has named the number yet.
  erased_at BIGINT,            -- The person's data are destroyed; nothing is ever said to them again.
  created_at BIGINT NOT NULL,
  review_at BIGINT,          -- When the planner looks next; null: when something happens.
  silence TEXT NOT NULL DEFAULT '',  -- Why nothing is being said, and until when.
  silent_until BIGINT,
  last_inbound_at BIGINT,    -- Opens the service window.
  settled_count BIGINT NOT NULL DEFAULT 0,
  settled_on_time BIGINT NOT NULL DEFAULT 0,
  settled_within_forgetful BIGINT NOT NULL DEFAULT 0,
  settled_late BIGINT NOT NULL DEFAULT 0,
  days_late_total BIGINT NOT NULL DEFAULT 0,
  hardship_at BIGINT,
  unreachable_at BIGINT,     -- The platform could not deliver; cleared by a delivery or a message of theirs.
  role TEXT NOT NULL,        -- debtor, co_debtor, guarantor, third_party, reference, beneficiary, employer, minor
  person_id BIGINT NOT NULL, -- The record that stands for the person; the own id unless a human has linked two.
  {{key}}
);
-- Only of those to whom identifier does not lead: hashes come in no order, and each would cost a page of its own.
CREATE INDEX debtor_phone ON debtor (creditor_id, phone_key) WHERE owns_phone = 0 AND phone_key IS NOT NULL;
CREATE INDEX debtor_stranger ON debtor (creditor_id, id) WHERE stranger = 1;
CREATE INDEX debtor_same_person ON debtor (creditor_id, person_id) WHERE person_id <> id;
-- Of everybody, but only for who asks so: SQLite would else take it to find a few ids, and walk over all people.
CREATE INDEX debtor_country ON debtor (creditor_id, country) WHERE country >= '';
CREATE INDEX debtor_wrote ON debtor (creditor_id, last_inbound_at, id) WHERE last_inbound_at IS NOT NULL;
CREATE INDEX debtor_review ON debtor (creditor_id, review_at) WHERE review_at IS NOT NULL;

CREATE TABLE identifier (
  creditor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,        -- phone, wa_id, bsuid, parent_bsuid, document, external
  value_key {{bytes}} NOT NULL,  -- Keyed hash: stays after erasure, so that a re-import is recognised. Rows are small,
  debtor_id BIGINT NOT NULL,     -- for they arrive in no order: the values themselves are in debtor.known_by.
  PRIMARY KEY (creditor_id, kind, value_key)
){{clustered}};

-- Is this number, or user id, the debtor's? Without a row it has neither been proven nor asked.
CREATE TABLE address (
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  value_key {{bytes}} NOT NULL,    -- Keyed digest of the canonical phone, or of the user id.
  state TEXT NOT NULL,             -- core/conversation/identity.h
  evidence TEXT NOT NULL,          -- otp, contract, conversation, answer, or empty
  reference TEXT NOT NULL,         -- The instrument; of an answer, the message's id.
  verified_on BIGINT,
  times_asked BIGINT NOT NULL,
  asked_at BIGINT,
  answered_at BIGINT,
  changed_at BIGINT,               -- Somebody else may have it since; older proof counts no more.
  identity_hash TEXT NOT NULL,
  PRIMARY KEY (creditor_id, debtor_id, value_key)
){{clustered}};

-- Whose each sending number is, as the creditor says and as the platform has verified.
CREATE TABLE sending_number (
  creditor_id BIGINT NOT NULL,
  phone_number_id TEXT NOT NULL,
  owner TEXT NOT NULL,
  verified_name TEXT NOT NULL DEFAULT '',
  first_seen_at BIGINT NOT NULL,
  confirmed_at BIGINT,             -- The owner allows it to be used for this creditor.
  confirmed_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (creditor_id, phone_number_id)
){{clustered}};

CREATE TABLE invoice (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  product TEXT NOT NULL,
  breakdown TEXT NOT NULL DEFAULT '',  -- Of the balance, in the words of the file.
  issued_on BIGINT,
  due_on BIGINT,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  reported_minor BIGINT NOT NULL,  -- Paid according to the creditor's file, itemised or not.
  paid_minor BIGINT NOT NULL,      -- Paid according to the payments we hold;
  ahead_minor BIGINT NOT NULL,     -- of that, what the file does not contain yet; negative: what it contains and is gone.
  forgiven_minor BIGINT NOT NULL DEFAULT 0,  -- Given up: discounts, small differences, write-offs.
  charged_minor BIGINT NOT NULL DEFAULT 0,   -- Late interest and collection costs: the sum of table charge.
  charged_to BIGINT,               -- The last day whose interest is booked, or found not to be owed.
  reported_on BIGINT,              -- The day the file's figure is of.
  balance_minor BIGINT NOT NULL,   -- amount + charged − reported − ahead − forgiven; equals the ledger's receivable.
  state TEXT NOT NULL,             -- open, paid, disputed, written_off
  last_step_day BIGINT,
  last_step_on BIGINT,
  settled_on BIGINT,
  settled_as TEXT NOT NULL DEFAULT '',  -- How its debtor's habit counts it: on_time, forgetful, late; empty: not, or not any more.
  settled_days_late BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  told_key {{bytes}} NOT NULL DEFAULT '',  -- Keyed hash of the file's row that told it last: the same row again is no news.
  {{key}}
);
CREATE UNIQUE INDEX invoice_number ON invoice (creditor_id, number);
-- Holds all that the list of people is made of: it is read without the rows.
CREATE INDEX invoice_debtor ON invoice (creditor_id, debtor_id, currency, due_on, balance_minor, state);

CREATE TABLE payment (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,       -- 0: nobody known yet.
  source TEXT NOT NULL,            -- file, cli, api, bank, a provider's name
  source_id TEXT NOT NULL,         -- The payment's identity there.
  reference TEXT NOT NULL,         -- The invoice number it names, or empty.
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  unapplied_minor BIGINT NOT NULL,
  returned_minor BIGINT NOT NULL DEFAULT 0,  -- Given or taken back: amount = applied + unapplied + returned.
  method TEXT NOT NULL,
  paid_on BIGINT NOT NULL,         -- Local date.
  paid_at BIGINT,                  -- When the moment is known.
  recorded_at BIGINT NOT NULL,
  {{key}}
);
CREATE UNIQUE INDEX payment_source ON payment (creditor_id, source, source_id);
CREATE INDEX payment_debtor ON payment (creditor_id, debtor_id);
CREATE INDEX payment_unapplied_debtor ON payment (creditor_id, debtor_id) WHERE unapplied_minor > 0;
CREATE INDEX payment_unapplied ON payment (creditor_id, reference) WHERE unapplied_minor > 0;

-- What paid what. Append-only: what is taken back is a negative row that names its reversal.
CREATE TABLE allocation (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0),
  reversal_id BIGINT NOT NULL DEFAULT 0 CHECK ((reversal_id <> 0) = (amount_minor < 0)),
  {{key}}
);
CREATE INDEX allocation_invoice ON allocation (creditor_id, invoice_id);
CREATE INDEX allocation_payment ON allocation (creditor_id, payment_id);

-- What can be paid by one link or one number: the payer's page, and the reference of a transfer (core/payments/pay_link.h).
CREATE TABLE pay_link (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  about TEXT NOT NULL,             -- everything, invoice <id>, agreement <id>
  token_key {{bytes}} NOT NULL,    -- Keyed hash of the token. The token itself is a keyed hash of id and salt: it is kept nowhere,
  salt {{bytes}} NOT NULL,         -- and gone with the salt once erased.
  bank_reference TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  wrong_answers BIGINT NOT NULL DEFAULT 0,  -- To "who are you"; after some of them it waits.
  locked_until BIGINT,
  {{key}}
);
CREATE UNIQUE INDEX pay_link_token ON pay_link (creditor_id, token_key);
CREATE UNIQUE INDEX pay_link_reference ON pay_link (creditor_id, bank_reference);
CREATE INDEX pay_link_about ON pay_link (creditor_id, debtor_id, about);

-- Money asked for at a provider, an attempt each (core/payments/payment_request.h).
CREATE TABLE payment_request (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  link_id BIGINT NOT NULL,
  about TEXT NOT NULL,
  provider TEXT NOT NULL,
  method TEXT NOT NULL,            -- As the provider calls it; empty: chosen on its own page.
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  state TEXT NOT NULL,             -- core/payments/provider_status.h
  provider_link_id TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  form TEXT NOT NULL DEFAULT '',   -- What is posted there, JSON; empty: the address is simply opened.
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  next_check_at BIGINT,
  checks BIGINT NOT NULL DEFAULT 0,
  trouble TEXT NOT NULL DEFAULT '',  -- Why it could not be made or read, the last time.
  place TEXT NOT NULL DEFAULT '',  -- Of the provider's page: open, unwanted, withdrawn, stays.
  place_at BIGINT,                 -- Open: its expiry; unwanted: when it is withdrawn, again.
  place_tries BIGINT NOT NULL DEFAULT 0,
  {{key}}
);
CREATE INDEX payment_request_place_due ON payment_request (creditor_id, place_at) WHERE place_at IS NOT NULL;
CREATE INDEX payment_request_place_open ON payment_request (creditor_id, id) WHERE place = 'open';
CREATE INDEX payment_request_check ON payment_request (creditor_id, next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX payment_request_place ON payment_request (creditor_id, provider, provider_link_id) WHERE provider_link_id <> '';
CREATE INDEX payment_request_debtor ON payment_request (creditor_id, debtor_id);
CREATE INDEX payment_request_link ON payment_request (creditor_id, link_id);

-- Payments as their providers have them: what each has come to, and what we booked for it.
CREATE TABLE provider_payment (
  creditor_id BIGINT NOT NULL,
  provider TEXT NOT NULL,
  provider_payment_id TEXT NOT NULL,
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  fee_minor BIGINT NOT NULL,
  method TEXT NOT NULL,
  request_id BIGINT NOT NULL,      -- 0: none of ours.
  payment_id BIGINT NOT NULL,      -- What was booked for it; 0: nothing (yet).
  debtor_id BIGINT NOT NULL,       -- 0: nobody known.
  trouble TEXT NOT NULL,           -- Why a person must look: unknown_reference, wrong_currency, foreign_account …; empty: all is well.
  first_seen_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  paid_at BIGINT NOT NULL,         -- As the provider says, or when we read so first.
  PRIMARY KEY (creditor_id, provider, provider_payment_id)
){{clustered}};
CREATE INDEX provider_payment_trouble ON provider_payment (creditor_id, changed_at) WHERE trouble <> '';
CREATE INDEX provider_payment_request ON provider_payment (creditor_id, request_id);
CREATE INDEX provider_payment_debtor ON provider_payment (creditor_id, debtor_id);
CREATE INDEX provider_payment_booked ON provider_payment (creditor_id, payment_id) WHERE payment_id <> 0;

-- What a notice spoke of and is to be looked up at the provider. Gone once it has been.
CREATE TABLE provider_check (
  creditor_id BIGINT NOT NULL,
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,           -- "payment <id>", "link <id>", "reference <reference>"
  wanted_at BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  is_signed BIGINT NOT NULL,       -- 0: anybody may have sent what names it.
  told TEXT NOT NULL DEFAULT '',   -- What it has come to, by notices that were signed (ProviderStatus); empty: none said.
  trouble TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (creditor_id, provider, subject)
){{clustered}};
CREATE INDEX provider_check_due ON provider_check (creditor_id, next_try_at);

-- Money that was booked and is gone again, or was booked wrongly (core/payments/reversal.h). Append-only, as the books.
CREATE TABLE reversal (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- core/payments/reversal.h
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  source_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  why TEXT NOT NULL,
  {{key}}
);
CREATE UNIQUE INDEX reversal_source ON reversal (creditor_id, payment_id, source_id);

-- Money that a person has ordered to be given back through its provider (store/sql/sql_refunds.h). What went back is a reversal.
CREATE TABLE refund (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  provider TEXT NOT NULL,
  provider_payment_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  before_minor BIGINT NOT NULL,    -- What had gone back of the payment by then.
  at BIGINT NOT NULL,
  told_by TEXT NOT NULL,
  why TEXT NOT NULL,               -- For people; no personal data.
  state TEXT NOT NULL,             -- requested, wanted, given, refused
  next_try_at BIGINT,
  tries BIGINT NOT NULL DEFAULT 0,
  trouble TEXT NOT NULL DEFAULT '',
  approved_by TEXT NOT NULL DEFAULT '' CHECK (approved_by <> told_by),  -- Where two people decide it.
  {{key}}
);
CREATE INDEX refund_due ON refund (creditor_id, next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX refund_payment ON refund (creditor_id, payment_id);
CREATE INDEX refund_requested ON refund (creditor_id, id) WHERE state = 'requested';

-- Debts that somebody asked to give up for lost, and what somebody else decided (engine/write_off.h).
CREATE TABLE write_off (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  why TEXT NOT NULL,               -- For people; no personal data.
  requested_by TEXT NOT NULL,
  requested_at BIGINT NOT NULL,
  state TEXT NOT NULL,             -- requested, approved, refused
  decided_by TEXT NOT NULL DEFAULT '' CHECK (state <> 'approved' OR (decided_by <> '' AND decided_by <> requested_by)),
  decided_at BIGINT,
  {{key}}
);
CREATE UNIQUE INDEX write_off_waiting ON write_off (creditor_id, invoice_id) WHERE state = 'requested';

-- Amounts that a person has corrected; 0: withdrawn, it never was owed. Append-only; the last one of an invoice holds until the
-- creditor's file says another figure than the one that was wrong (engine/correct_invoice.h).
CREATE TABLE correction (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  told_minor BIGINT NOT NULL,      -- The amount that the file tells, which is wrong.
  from_minor BIGINT NOT NULL,
  to_minor BIGINT NOT NULL CHECK (to_minor >= 0),
  told_by TEXT NOT NULL,
  why TEXT NOT NULL,               -- For people; no personal data.
  {{key}}
);
CREATE INDEX correction_invoice ON correction (creditor_id, invoice_id);

-- What paying late costs where that was agreed, with what it was computed from (core/charges). Each row is one entry of the books, of
-- account charges. Append-only: what was too much, and what is given up, is a negative row.
CREATE TABLE charge (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- store/sql/sql_charges.h
  at BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0),
  from_on BIGINT NOT NULL,         -- Both days are of it.
  to_on BIGINT NOT NULL,
  base_minor BIGINT NOT NULL,      -- The capital that was overdue.
  rate TEXT NOT NULL,              -- "24.36 effective_annual 365", the one that was used; empty: none.
  law TEXT NOT NULL,               -- What allows it.
  told_by TEXT NOT NULL,           -- Empty: the program.
  why TEXT NOT NULL,               -- For people; no personal data.
  {{key}}
);
CREATE INDEX charge_invoice ON charge (creditor_id, invoice_id);
-- No day bears interest twice, and collection costs come once.
CREATE UNIQUE INDEX charge_once ON charge (creditor_id, invoice_id, kind, from_on) WHERE kind IN ('interest', 'collection_cost') AND amount_minor > 0;

-- Files of banks that were taken in, or set aside whole (core/bank/bank_file.h). The same file again is known.
CREATE TABLE bank_file (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  format TEXT NOT NULL,            -- asobancaria2001, asobancaria1998, bcp-crep, statement
  bank TEXT NOT NULL,
  account TEXT NOT NULL,
  on_date BIGINT NOT NULL,
  modifier TEXT NOT NULL,
  digest TEXT NOT NULL,            -- SHA-256 of its bytes.
  name TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,             -- begun, taken, set_aside
  trouble TEXT NOT NULL,           -- Set aside: what is wrong in which lines.
  line_count BIGINT NOT NULL,
  {{key}}
);
CREATE UNIQUE INDEX bank_file_key ON bank_file (creditor_id, bank, account, on_date, modifier, digest);

CREATE TABLE bank_line (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  file_id BIGINT NOT NULL,
  line BIGINT NOT NULL,            -- Of the file, from 1 on.
  line_key TEXT NOT NULL,          -- Keyed hash of what makes it this one: told again it is known.
  like_key TEXT NOT NULL,          -- Of account, reference and sum: the same money told elsewhere, or given back. Empty: no reference.
  on_date BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,    -- Negative: it went out.
  state TEXT NOT NULL,             -- applied, proposed, unmatched, ignored, returned
  debtor_id BIGINT NOT NULL,       -- Whose it is or is thought to be; 0: nobody.
  payment_id BIGINT NOT NULL,      -- What was booked for it, or (returned) taken back; 0: nothing.
  rule TEXT NOT NULL,              -- core/bank/match.h
  confidence BIGINT NOT NULL,      -- Percent.
  invoices TEXT NOT NULL,          -- That it is thought to pay, ids, blank between.
  evidence TEXT NOT NULL,          -- Codes, blank between.
  words {{bytes}} NOT NULL,        -- Sealed: references, payer, description. Empty once erased.
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at BIGINT,
  {{key}}
);
CREATE UNIQUE INDEX bank_line_key ON bank_line (creditor_id, line_key);
CREATE INDEX bank_line_like ON bank_line (creditor_id, like_key) WHERE like_key <> '';
CREATE INDEX bank_line_waiting ON bank_line (creditor_id, id) WHERE state IN ('proposed', 'unmatched');
CREATE INDEX bank_line_debtor ON bank_line (creditor_id, debtor_id) WHERE debtor_id <> 0;
CREATE INDEX bank_line_nobody ON bank_line (creditor_id, id) WHERE debtor_id = 0;
CREATE INDEX bank_line_payment ON bank_line (creditor_id, payment_id) WHERE payment_id <> 0;

-- Double entry, one row a transfer: what is debited is credited, by construction. Append-only.
CREATE TABLE ledger_entry (
  id BIGINT NOT NULL,
  creditor_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  debit TEXT NOT NULL,             -- core/ledger/ledger.h
  credit TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  debtor_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,      -- 0: of the person as a whole.
  payment_id BIGINT NOT NULL,      -- 0: not from a payment.
  PRIMARY KEY (creditor_id, invoice_id, id)
){{clustered}};

-- The ledger of permissions: who agreed to which channel, by which proof, who took it back, and when they were told
-- of hours and channels. Append-only: what holds now is computed from all of it.
CREATE TABLE consent (
  id BIGINT NOT NULL,
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  act TEXT NOT NULL,               -- granted, revoked, told
  channel TEXT NOT NULL,
  at BIGINT NOT NULL,              -- When the person did so,
  is_dated BIGINT NOT NULL,        -- which is known (1), or only when we heard of it (0).
  kind TEXT NOT NULL,              -- contract, form, file, chat, letter, call
  instrument TEXT NOT NULL,        -- Where the proof is found.
  text_version TEXT NOT NULL,      -- Of the words that they agreed to; may be empty.
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,       -- file, operator, api, chat
  PRIMARY KEY (creditor_id, debtor_id, id)
){{clustered}};

CREATE TABLE opt_out (
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  channel TEXT NOT NULL,           -- all, or one channel
  at BIGINT NOT NULL,
  through TEXT NOT NULL,           -- word, button, page, doubt, shared_phone, operator, api
  words {{bytes}} NOT NULL,        -- Sealed: what the person wrote, or the operator's note.
  lifted_at BIGINT NOT NULL DEFAULT 0,  -- 0: in force. Only a later request of the person's own lifts it:
  lifted_through TEXT NOT NULL DEFAULT '',
  lifted_by_instrument TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (creditor_id, debtor_id, channel, lifted_at)
){{clustered}};

-- What is known about a person's case that forbids or pauses collection.
CREATE TABLE case_flag (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  flag TEXT NOT NULL,              -- disputed, served_in_court, insolvency, deceased, utility_claim_open
  since BIGINT NOT NULL,
  through TEXT NOT NULL,           -- file, operator, api
  note TEXT NOT NULL,              -- Where it is known from.
  cleared_at BIGINT,
  cleared_through TEXT NOT NULL DEFAULT '',
  {{key}}
);
CREATE UNIQUE INDEX case_flag_active ON case_flag (creditor_id, debtor_id, flag) WHERE cleared_at IS NULL;
CREATE INDEX case_flag_debtor ON case_flag (creditor_id, debtor_id);

-- The hours in which a person asked to be written to; Colombia's separate-instrument rule needs all of it.
CREATE TABLE contact_hours_wish (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  intervals TEXT NOT NULL,         -- "mon tue 09:00-12:00, sat 10:00-12:00"
  asked_at BIGINT NOT NULL,
  instrument TEXT NOT NULL,
  separate_instrument BIGINT NOT NULL,
  after_contract BIGINT NOT NULL,
  names_sundays_holidays BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  withdrawn_at BIGINT,
  {{key}}
);
CREATE INDEX contact_hours_wish_debtor ON contact_hours_wish (creditor_id, debtor_id);

CREATE TABLE outbox (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  dedupe_key TEXT NOT NULL,
  state TEXT NOT NULL,             -- docs/message-states.md
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT 'whatsapp',
  kind TEXT NOT NULL,              -- template, text, interactive, document, on_ramp
  urgent BIGINT NOT NULL,          -- 1: thanks and answers, which do not queue behind reminders.
  queue BIGINT NOT NULL DEFAULT 0, -- store/sql/sql_outbox.h: what is slow queues for itself.
  attach TEXT NOT NULL DEFAULT '', -- What is printed when it leaves, and goes with it: statement, invoice ID, …
  template TEXT NOT NULL,
  language TEXT NOT NULL,
  step TEXT NOT NULL,
  strategy_version TEXT NOT NULL,
  template_version TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  lead_invoice_id BIGINT NOT NULL,
  covered TEXT NOT NULL,           -- Invoice ids, blank between.
  payment_id BIGINT NOT NULL,
  balance_minor BIGINT NOT NULL,   -- Of the covered invoices, as the text says it.
  currency TEXT NOT NULL,
  ttl_seconds BIGINT NOT NULL,
  planned_at BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,      -- Later than this the text is no longer worth sending.
  attempts BIGINT NOT NULL DEFAULT 0,
  attempt_id TEXT NOT NULL DEFAULT '',  -- Begins with the id (core/messaging/attempt_id.h): found without an index.
  salt TEXT NOT NULL DEFAULT '',     -- Of the attempt's commitment to the address: gone with the person's data.
  in_flight_at BIGINT,             -- When the intent to send became durable: the moment that caps count.
  deadline_at BIGINT,
  node BIGINT NOT NULL DEFAULT 0,  -- Which node has it in flight.
  platform_id TEXT NOT NULL DEFAULT '',
  delivered_at BIGINT,
  read_at BIGINT,
  ended_at BIGINT,
  error_code BIGINT NOT NULL DEFAULT 0,
  reasons TEXT NOT NULL DEFAULT '',  -- The gate's last answer, codes with blanks between.
  {{key}}
);
CREATE UNIQUE INDEX outbox_dedupe ON outbox (creditor_id, dedupe_key);
CREATE INDEX outbox_planned ON outbox (creditor_id, queue, urgent, not_before, id) WHERE state = 'planned';  -- First come, first served.
CREATE INDEX outbox_in_flight ON outbox (creditor_id, deadline_at) WHERE state = 'in_flight';
CREATE INDEX outbox_uncertain ON outbox (creditor_id, in_flight_at) WHERE state = 'uncertain';
CREATE INDEX outbox_debtor ON outbox (creditor_id, debtor_id, planned_at);
CREATE INDEX outbox_platform ON outbox (creditor_id, platform_id) WHERE platform_id <> '';

-- What each message says. By itself, as a message moves four times and its text never: each move writes its whole row anew.
CREATE TABLE outbox_content (
  id {{id}},                       -- The message's.
  creditor_id BIGINT NOT NULL,
  content {{bytes}} NOT NULL,      -- Sealed: what the person reads, and the platform's object for it. Empty once erased.
  {{key}}
);

-- For which payments a message thanks.
CREATE TABLE thanked_payment (
  creditor_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  PRIMARY KEY (creditor_id, message_id, payment_id)
){{clustered}};
CREATE INDEX thanked_payment_of ON thanked_payment (creditor_id, payment_id);

-- Raw events, exactly as they came, durable before they are answered. The key is the sender's signature
-- over the bytes, so that the same delivery twice is known as one. Once understood, the body is dropped.
CREATE TABLE inbox (
  id {{id}},
  creditor_id BIGINT NOT NULL,     -- At whose door it came in.
  source TEXT NOT NULL,
  event_key TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  body {{bytes}} NOT NULL,         -- Sealed under the deployment's key.
  state TEXT NOT NULL,             -- new, done, poison
  detail TEXT NOT NULL DEFAULT '',
  {{key}}
);
-- A repetition is recognised when its turn comes: keys are digests without order, and an index over all of them
-- would make every arriving row dirty a page of its own (docs/performance.md).
CREATE UNIQUE INDEX inbox_event ON inbox (creditor_id, source, event_key) WHERE state <> 'new';
CREATE INDEX inbox_new ON inbox (creditor_id, id) WHERE state = 'new';
CREATE INDEX inbox_poison ON inbox (creditor_id) WHERE state = 'poison';
CREATE INDEX inbox_done ON inbox (creditor_id, received_at) WHERE state = 'done';

-- What people wrote to us, and what the creditor's people wrote from the phone app; also contacts on other
-- channels, told by hand, which count like ours.
CREATE TABLE conversation_message (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,       -- 0: nobody is named as its sender.
  platform_id TEXT NOT NULL,
  direction TEXT NOT NULL,         -- in, out (by hand, from the phone app)
  at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  type TEXT NOT NULL,
  content {{bytes}} NOT NULL,      -- Sealed: text, payload, media id, sender. Under the creditor's key where it is nobody's.
  context_id TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT 'whatsapp',
  purpose TEXT NOT NULL DEFAULT 'overdue',
  {{key}}
);
CREATE UNIQUE INDEX conversation_platform ON conversation_message (creditor_id, platform_id);
CREATE INDEX conversation_debtor ON conversation_message (creditor_id, debtor_id, at);

-- Files that people sent (receipts, pictures, voice notes): fetched from the platform by app/attachment_watch.
CREATE TABLE attachment (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,      -- Of conversation_message.
  state TEXT NOT NULL,             -- wanted, kept, failed
  file_type TEXT NOT NULL DEFAULT '',  -- By its first bytes.
  size BIGINT NOT NULL DEFAULT 0,
  received_at BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  trouble TEXT NOT NULL DEFAULT '',
  source {{bytes}} NOT NULL,       -- Sealed: the platform's id, the person's name of the file. Empty once erased, as the bytes.
  bytes {{bytes}} NOT NULL,        -- Sealed: the file itself.
  {{key}}
);
CREATE INDEX attachment_wanted ON attachment (creditor_id, next_try_at) WHERE state = 'wanted';
CREATE INDEX attachment_debtor ON attachment (creditor_id, debtor_id, received_at);

-- What the house and a person are talking about: what was asked last, and until where everything was answered.
CREATE TABLE dialogue (
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  turn_due_at BIGINT,              -- When what has come in is answered; null: nothing waits.
  heard_to BIGINT NOT NULL,        -- The last message of theirs that a turn has dealt with.
  state {{bytes}} NOT NULL,        -- Sealed: core/conversation/dialogue.h as JSON. Empty once erased.
  PRIMARY KEY (creditor_id, debtor_id)
){{clustered}};
CREATE INDEX dialogue_due ON dialogue (creditor_id, turn_due_at) WHERE turn_due_at IS NOT NULL;

-- Why nobody is reminded for a while, though they owe: a payment is claimed, a promise is open, a person is speaking.
CREATE TABLE suspension (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- store/sql/sql_suspensions.h
  since BIGINT NOT NULL,
  until BIGINT,                    -- Null: until somebody ends it.
  through TEXT NOT NULL,           -- chat, operator, api, phone_app
  ended_at BIGINT,
  ended_through TEXT NOT NULL DEFAULT '',
  {{key}}
);
CREATE UNIQUE INDEX suspension_active ON suspension (creditor_id, debtor_id, kind) WHERE ended_at IS NULL;

-- What a person of the creditor has to do for somebody.
CREATE TABLE task (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- store/sql/sql_tasks.h
  summary {{bytes}} NOT NULL,      -- Sealed: what it is about, for who takes it. Empty once erased.
  opened_at BIGINT NOT NULL,
  due_at BIGINT,
  assignee TEXT NOT NULL DEFAULT '',
  snoozed_until BIGINT,
  closed_at BIGINT,
  closed_by TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '',
  {{key}}
);
CREATE UNIQUE INDEX task_open ON task (creditor_id, debtor_id, kind) WHERE closed_at IS NULL;
CREATE INDEX task_waiting ON task (creditor_id, opened_at) WHERE closed_at IS NULL;
CREATE INDEX task_debtor ON task (creditor_id, debtor_id);

-- What was agreed with a person: a promise, or a plan. Whether it is kept follows from what is paid of its invoices since.
CREATE TABLE agreement (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- promise, plan
  state TEXT NOT NULL,             -- core/agreements/agreement.h
  made_at BIGINT NOT NULL,
  through TEXT NOT NULL,           -- chat, operator, api
  mandate_version TEXT NOT NULL,   -- Empty: beyond the mandate, by a person.
  covered TEXT NOT NULL,           -- Invoice ids, blank between.
  currency TEXT NOT NULL,
  discount_minor BIGINT NOT NULL,
  grace_days BIGINT NOT NULL,
  charged_before_minor BIGINT NOT NULL,  -- What its invoices came to, and what of them was paid, when it was made.
  paid_before_minor BIGINT NOT NULL,
  words {{bytes}} NOT NULL,        -- Sealed: what was offered and answered. Empty once erased.
  salt TEXT NOT NULL,              -- Of the record's commitment to the words: gone with the person's data.
  review_at BIGINT,                -- When it is looked at next; null: it has ended.
  ended_at BIGINT,
  {{key}}
);
CREATE UNIQUE INDEX agreement_active ON agreement (creditor_id, debtor_id) WHERE state = 'active';
CREATE INDEX agreement_debtor ON agreement (creditor_id, debtor_id);
CREATE INDEX agreement_review ON agreement (creditor_id, review_at) WHERE review_at IS NOT NULL;

CREATE TABLE instalment (
  creditor_id BIGINT NOT NULL,
  agreement_id BIGINT NOT NULL,
  number BIGINT NOT NULL,          -- From 1 on.
  due_on BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (creditor_id, agreement_id, number)
){{clustered}};

-- What people of the creditor wrote down about somebody, for each other.
CREATE TABLE note (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  author TEXT NOT NULL,
  at BIGINT NOT NULL,
  content {{bytes}} NOT NULL,      -- Sealed. Empty once erased.
  {{key}}
);
CREATE INDEX note_debtor ON note (creditor_id, debtor_id);

-- Answers that people of the creditor write often; they stand before those of the same name that are built in.
CREATE TABLE canned_reply (
  creditor_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,              -- With the variables of templates.
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (creditor_id, name)
){{clustered}};

-- Filters of a list under a name: of one person of the creditor, or for all of them.
CREATE TABLE saved_view (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  page TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,             -- JSON: what the page's address has behind its question mark.
  is_shared BIGINT NOT NULL,
  {{key}}
);

-- One file that was taken in, or is being: how far it is, what came of it, and whether it was taken back.
CREATE TABLE import_run (
  id {{id}},                       -- Older than all that it made;
  creditor_id BIGINT NOT NULL,
  last_id BIGINT,                  -- younger than all that it made. Null: it has not ended.
  at BIGINT NOT NULL,              -- created_at of its invoices.
  loaded_by TEXT NOT NULL,
  file_name TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,              -- portfolio, payments
  blocks BIGINT NOT NULL,
  blocks_done BIGINT NOT NULL DEFAULT 0,
  row_count BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL DEFAULT 0,
  updated BIGINT NOT NULL DEFAULT 0,
  unchanged BIGINT NOT NULL DEFAULT 0,
  rejected BIGINT NOT NULL DEFAULT 0,
  duplicate BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT,
  undone_at BIGINT,
  undone_by TEXT NOT NULL DEFAULT '',
  {{key}}
);

-- An invoice or a person as they stood before an import changed them, for a day.
CREATE TABLE import_change (
  creditor_id BIGINT NOT NULL,
  run_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,      -- The invoice's id, or the debtor's own.
  before {{bytes}} NOT NULL,       -- Sealed: JSON.
  PRIMARY KEY (creditor_id, run_id, debtor_id, subject_id)
){{clustered}};

-- How files with these titles are read, as somebody has corrected it.
CREATE TABLE import_mapping (
  creditor_id BIGINT NOT NULL,
  titles TEXT NOT NULL,            -- SHA-256 of the titles.
  mapping TEXT NOT NULL,           -- TOML (core/portfolio/import_mapping.h).
  PRIMARY KEY (creditor_id, titles)
){{clustered}};

-- Words that people of the creditor put on a conversation to find it again; gone with whoever is erased.
CREATE TABLE conversation_label (
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (creditor_id, debtor_id, label)
){{clustered}};
CREATE INDEX conversation_label_who ON conversation_label (creditor_id, label, debtor_id);

-- What somebody who has read a last notice decided of it, for one invoice: without a word it waits.
CREATE TABLE last_notice (
  creditor_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  due_on BIGINT NOT NULL,          -- With another due date it is another notice.
  step_day BIGINT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('asked', 'released', 'held')),  -- asked: a second person has yet to say so
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  why TEXT NOT NULL DEFAULT '',    -- For people; gone with whoever is erased.
  PRIMARY KEY (creditor_id, invoice_id, step_day, due_on)
){{clustered}};

-- What the API answered to a request that named its key (Idempotency-Key), for a day.
CREATE TABLE api_answer (
  creditor_id BIGINT NOT NULL,
  key_hash {{bytes}} NOT NULL,     -- Keyed hashes: of who asked and their key, and of the request.
  request_hash {{bytes}} NOT NULL,
  begun_at BIGINT NOT NULL,
  status BIGINT NOT NULL DEFAULT 0,  -- 0: it is not answered yet.
  content_type TEXT NOT NULL DEFAULT '',
  answer {{bytes}},                -- Sealed.
  PRIMARY KEY (creditor_id, key_hash)
){{clustered}};
CREATE INDEX api_answer_begun ON api_answer (creditor_id, begun_at);

CREATE TABLE timeline (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  message_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  detail TEXT NOT NULL,
  facts TEXT NOT NULL,             -- What a decision rested on, JSON; no personal data here nor in detail.
  hash TEXT NOT NULL,              -- Of this record and the one before it: docs/proof.md.
  {{key}}
);
CREATE INDEX timeline_chain ON timeline (creditor_id, id);
CREATE INDEX timeline_debtor ON timeline (creditor_id, debtor_id, id);
-- With OR: of an IN of three SQLite makes a tree of its own at each statement that writes here, to ask whether the row belongs in.
CREATE INDEX timeline_read ON timeline (creditor_id, id) WHERE (kind = 'data_read' OR kind = 'table_exported' OR kind = 'exported');

-- Systems of the creditor that are told of events (core/events/event.h), each a record of the timeline.
CREATE TABLE webhook_endpoint (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  url TEXT NOT NULL,
  types TEXT NOT NULL,             -- Blanks between; empty: all.
  is_full BIGINT NOT NULL,         -- 1: with the person's name, number and document.
  secrets {{bytes}} NOT NULL,      -- Sealed under the deployment's key: the present one, and the one before it.
  previous_until BIGINT,           -- Until when that one signs too.
  created_at BIGINT NOT NULL,
  failing_since BIGINT,            -- Nothing has been taken since.
  disabled_at BIGINT,
  disabled_why TEXT NOT NULL DEFAULT '',
  {{key}}
);
CREATE INDEX webhook_endpoint_enabled ON webhook_endpoint (creditor_id) WHERE disabled_at IS NULL;

-- What each endpoint is to be told, written with the record itself, and what became of it.
CREATE TABLE webhook_delivery (
  creditor_id BIGINT NOT NULL,
  endpoint_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,        -- The record of the timeline: what is told is read from there.
  attempts BIGINT NOT NULL DEFAULT 0,
  next_try_at BIGINT,              -- Null: taken, or given up.
  last_at BIGINT,
  status BIGINT NOT NULL DEFAULT 0,
  latency_ms BIGINT NOT NULL DEFAULT 0,
  answer TEXT NOT NULL DEFAULT '', -- Its beginning.
  taken_at BIGINT,
  PRIMARY KEY (creditor_id, endpoint_id, event_id)
){{clustered}};
CREATE INDEX webhook_delivery_due ON webhook_delivery (creditor_id, endpoint_id, next_try_at) WHERE next_try_at IS NOT NULL;

-- What was written into anchor files, for proofs; the files themselves belong where this database cannot reach.
CREATE TABLE audit_anchor (
  creditor_id BIGINT NOT NULL,
  node BIGINT NOT NULL,
  last_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  first_id BIGINT NOT NULL,
  count BIGINT NOT NULL,
  head TEXT NOT NULL,
  after_id BIGINT NOT NULL,        -- The Merkle root is over the records beyond this one.
  merkle_root TEXT NOT NULL,
  PRIMARY KEY (creditor_id, node, last_id)
){{clustered}};

-- What people asked of their data: until when it must be answered, and what was done.
CREATE TABLE rights_request (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- access, rectification, opposition, erasure
  received_at BIGINT NOT NULL,
  through TEXT NOT NULL,           -- letter, email, chat, in_person
  due_on BIGINT NOT NULL,          -- The last local date to answer.
  state TEXT NOT NULL,             -- open, done, partly, refused
  closed_at BIGINT,
  answer TEXT NOT NULL,            -- Codes of what was done and what was kept.
  {{key}}
);
CREATE INDEX rights_open ON rights_request (creditor_id, due_on) WHERE state = 'open';
CREATE INDEX rights_debtor ON rights_request (creditor_id, debtor_id);

-- A text of the house (a strategy, a template) that somebody is working on: it does nothing until it is launched.
CREATE TABLE draft (
  creditor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,              -- strategy | template
  name TEXT NOT NULL,              -- "estandar"; "es_CO/vencido_amable_v1"
  revision BIGINT NOT NULL,        -- Higher at each edit.
  text TEXT NOT NULL,
  editors TEXT NOT NULL,           -- Logins of all who have edited it, one a line: none of them approves it.
  edited_at BIGINT NOT NULL,
  approved_by TEXT NOT NULL,       -- Of this revision; empty: nobody yet.
  PRIMARY KEY (creditor_id, kind, name)
){{clustered}};

-- Each text that was launched; the last of a template's name, and of all strategies the last, is the one in force.
CREATE TABLE edition (
  creditor_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  why TEXT NOT NULL,
  editors TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  launched_by TEXT NOT NULL,
  launched_at BIGINT NOT NULL,
  people BIGINT NOT NULL,          -- For how many who owed something it was launched.
  PRIMARY KEY (creditor_id, number)
){{clustered}};
CREATE INDEX edition_name ON edition (creditor_id, kind, name, number);

-- The days ahead with a strategy, tried on a copy (app/rehearsal.h).
CREATE TABLE rehearsal (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  strategy TEXT NOT NULL,          -- Its version: "estandar@1f3a9c02".
  asked_by TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,         -- When it was last heard of.
  day BIGINT NOT NULL,             -- So many of its days have been lived through.
  days BIGINT NOT NULL,
  state TEXT NOT NULL,             -- running | done | cancelled | failed
  answer TEXT NOT NULL,            -- JSON, without personal data; or why it failed.
  {{key}}
);

CREATE TABLE template_state (
  creditor_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  category TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  quality TEXT NOT NULL DEFAULT '',  -- GREEN, YELLOW, RED
  PRIMARY KEY (creditor_id, name, language)
){{clustered}};

-- People of the creditor who sign in, each with a role (core/access). They are not deleted: records name them.
CREATE TABLE app_user (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  email_key {{bytes}} NOT NULL,     -- Keyed hash of the address in small letters.
  profile {{bytes}} NOT NULL,       -- Sealed under the deployment's key: name and e-mail.
  role TEXT NOT NULL,
  password TEXT NOT NULL DEFAULT '',      -- Argon2id; empty: none was chosen yet.
  totp {{bytes}} NOT NULL DEFAULT '',     -- Sealed: the secret of their authenticator; empty: there is none.
  totp_since BIGINT,                -- Null: they have not shown a code of it yet, so it counts for nothing.
  totp_step BIGINT NOT NULL DEFAULT 0,    -- The last that was taken: each code serves once.
  created_at BIGINT NOT NULL,
  signed_in_at BIGINT,
  disabled_at BIGINT,
  link_by TEXT NOT NULL DEFAULT '',  -- Who last had a link at which its password is chosen; null beside it: nobody but its owner.
  link_at BIGINT,
  {{key}}
);
CREATE UNIQUE INDEX app_user_email ON app_user (creditor_id, email_key);

-- For who has lost their authenticator; each serves once, and goes.
CREATE TABLE recovery_code (
  creditor_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  hash {{bytes}} NOT NULL,          -- SHA-256: codes are random.
  PRIMARY KEY (creditor_id, user_id, hash)
){{clustered}};

-- Keys that a person has made on a device of theirs (WebAuthn).
CREATE TABLE passkey (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  credential {{bytes}} NOT NULL,    -- As the device names it.
  name TEXT NOT NULL,               -- For its owner: "Celular".
  public_key {{bytes}} NOT NULL,    -- SubjectPublicKeyInfo, DER.
  counter BIGINT NOT NULL,          -- The last that the device has told; 0: it does not count.
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  {{key}}
);
CREATE UNIQUE INDEX passkey_credential ON passkey (creditor_id, credential);
CREATE INDEX passkey_user ON passkey (creditor_id, user_id);

-- Questions that passkeys have answered, until those would be too old anyway: each is answered once.
CREATE TABLE passkey_answer (
  creditor_id BIGINT NOT NULL,
  chance {{bytes}} NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (creditor_id, chance)
){{clustered}};

-- Who is signed in. Signing out, a new role and another password delete rows: every request looks here.
CREATE TABLE user_session (
  creditor_id BIGINT NOT NULL,
  hash {{bytes}} NOT NULL,          -- SHA-256 of what the browser holds.
  id BIGINT NOT NULL,               -- To name it by.
  user_id BIGINT NOT NULL,
  has_second_factor BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,          -- To a minute.
  confirmed_at BIGINT NOT NULL,     -- When they last proved who they are.
  device {{bytes}} NOT NULL,        -- Sealed: address and browser.
  PRIMARY KEY (creditor_id, hash)
){{clustered}};
CREATE INDEX user_session_user ON user_session (creditor_id, user_id);

-- Keys of systems, each with rights of its own.
CREATE TABLE api_key (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  hash {{bytes}} NOT NULL,          -- SHA-256: the key itself was shown once.
  name TEXT NOT NULL,
  start TEXT NOT NULL,              -- Its first letters, to know it by.
  rights TEXT NOT NULL,             -- Blanks between.
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,                   -- To a minute.
  {{key}}
);
CREATE UNIQUE INDEX api_key_hash ON api_key (creditor_id, hash);

-- Links that serve once, for an hour: to set the house up (user 0), or to choose a password.
CREATE TABLE setup_token (
  creditor_id BIGINT NOT NULL,
  hash {{bytes}} NOT NULL,          -- SHA-256.
  user_id BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (creditor_id, hash)
){{clustered}};

-- Who tried to sign in, so that nobody guesses for long. What failed is kept for a day; what succeeded says where somebody
-- is at home, for three months.
CREATE TABLE sign_in_attempt (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  account {{bytes}} NOT NULL,       -- Keyed hashes.
  address {{bytes}} NOT NULL,
  succeeded BIGINT NOT NULL DEFAULT 0,
  is_known BIGINT NOT NULL DEFAULT 1,  -- Is it anybody's account?
  {{key}}
);
CREATE INDEX sign_in_attempt_time ON sign_in_attempt (creditor_id, succeeded, at);
CREATE INDEX sign_in_attempt_home ON sign_in_attempt (creditor_id, account, address) WHERE succeeded = 1;

-- The processes that write here (store/sql/sql_nodes.h). The number is part of every id that a node makes.
CREATE TABLE node (
  number BIGINT NOT NULL PRIMARY KEY,  -- 0 to 63.
  owner TEXT NOT NULL DEFAULT '',      -- Host and process, for people; empty: nobody.
  fence BIGINT NOT NULL DEFAULT 0,     -- Raised at every taking-over: who holds an older one may write no more.
  until BIGINT NOT NULL DEFAULT 0      -- By the database's clock.
);
INSERT INTO node (number)
WITH RECURSIVE numbers (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number < 63) SELECT number FROM numbers;

-- What one node alone may do: "send:" and a sending number. Good for as long as that node has that fence. A row "import:" and
-- a creditor is a place in line: whoever updates it has it until the transaction ends.
CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY,
  node BIGINT NOT NULL,
  fence BIGINT NOT NULL
);

-- Facts about the deployment itself: when the engine was last alive, quarantine.
CREATE TABLE deployment (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
