-- The first schema. One text for SQLite and PostgreSQL: {{id}} is INTEGER PRIMARY KEY or BIGINT NOT NULL,
-- {{key}} the primary key (creditor_id, id) where the id alone is not one, {{clustered}} keeps small tables
-- in the order of their key. Instants are BIGINT milliseconds UTC, civil dates BIGINT days since 1970,
-- money BIGINT minor units; the creditor leads every key.

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
  paused_at BIGINT,          -- Nothing is sent while set; set by a person or by a grave answer of the platform.
  paused_why TEXT NOT NULL DEFAULT ''
);

CREATE TABLE debtor (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  zone TEXT NOT NULL,
  phone TEXT NOT NULL,
  user_id TEXT NOT NULL,
  email TEXT NOT NULL,
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
  {{key}}
);
CREATE INDEX debtor_phone ON debtor (creditor_id, phone);
CREATE INDEX debtor_review ON debtor (creditor_id, review_at) WHERE review_at IS NOT NULL;

CREATE TABLE identifier (
  creditor_id BIGINT NOT NULL,
  kind TEXT NOT NULL,        -- phone, wa_id, bsuid, parent_bsuid, document, external
  value TEXT NOT NULL,
  debtor_id BIGINT NOT NULL,
  first_seen_at BIGINT NOT NULL,
  PRIMARY KEY (creditor_id, kind, value)
){{clustered}};
CREATE INDEX identifier_debtor ON identifier (creditor_id, debtor_id);

CREATE TABLE invoice (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  number TEXT NOT NULL,
  product TEXT NOT NULL,
  issued_on BIGINT,
  due_on BIGINT,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  reported_minor BIGINT NOT NULL,  -- Paid according to the creditor's file, itemised or not.
  paid_minor BIGINT NOT NULL,      -- Paid according to the payments we hold;
  ahead_minor BIGINT NOT NULL,     -- of that, what the file does not contain yet.
  reported_on BIGINT,              -- The day the file's figure is of.
  balance_minor BIGINT NOT NULL,   -- amount − reported − ahead; equals the ledger's receivable.
  state TEXT NOT NULL,             -- open, paid, disputed, written_off
  last_step_day BIGINT,
  last_step_on BIGINT,
  settled_on BIGINT,
  created_at BIGINT NOT NULL,
  {{key}}
);
CREATE UNIQUE INDEX invoice_number ON invoice (creditor_id, number);
CREATE INDEX invoice_open ON invoice (creditor_id, debtor_id) WHERE balance_minor > 0;

CREATE TABLE payment (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,       -- 0: nobody known yet.
  source TEXT NOT NULL,            -- file, cli, api, a provider's name
  source_id TEXT NOT NULL,         -- The payment's identity there.
  reference TEXT NOT NULL,         -- The invoice number it names, or empty.
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  unapplied_minor BIGINT NOT NULL,
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

CREATE TABLE allocation (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  {{key}}
);
CREATE INDEX allocation_invoice ON allocation (creditor_id, invoice_id);

-- Double entry, one row a transfer: what is debited is credited, by construction. Append-only.
CREATE TABLE ledger_entry (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  debit TEXT NOT NULL,             -- receivable, cash, invoiced, reported, unapplied
  credit TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  debtor_id BIGINT NOT NULL,
  invoice_id BIGINT NOT NULL,      -- 0: of the person as a whole.
  payment_id BIGINT NOT NULL,      -- 0: not from a payment.
  {{key}}
);
CREATE INDEX ledger_invoice ON ledger_entry (creditor_id, invoice_id);

CREATE TABLE consent (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  channel TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  instrument TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  revoked_at BIGINT,
  revoked_through TEXT NOT NULL DEFAULT '',
  {{key}}
);
CREATE UNIQUE INDEX consent_debtor ON consent (creditor_id, debtor_id, channel, instrument);

CREATE TABLE opt_out (
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  channel TEXT NOT NULL,           -- all, or one channel
  at BIGINT NOT NULL,
  through TEXT NOT NULL,           -- word, button, operator, api
  words TEXT NOT NULL,             -- What the person wrote.
  PRIMARY KEY (creditor_id, debtor_id, channel)
){{clustered}};

CREATE TABLE outbox (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,
  dedupe_key TEXT NOT NULL,
  state TEXT NOT NULL,             -- docs/message-states.md
  purpose TEXT NOT NULL,
  kind TEXT NOT NULL,              -- template, text
  urgent BIGINT NOT NULL,          -- 1: thanks and answers, which do not queue behind reminders.
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
  text TEXT NOT NULL,              -- Exactly what the person reads.
  body TEXT NOT NULL,              -- The platform's "template" or "text" object.
  ttl_seconds BIGINT NOT NULL,
  planned_at BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,      -- Later than this the text is no longer worth sending.
  attempts BIGINT NOT NULL DEFAULT 0,
  attempt_id TEXT NOT NULL DEFAULT '',
  in_flight_at BIGINT,             -- When the intent to send became durable: the moment that caps count.
  deadline_at BIGINT,
  platform_id TEXT NOT NULL DEFAULT '',
  delivered_at BIGINT,
  read_at BIGINT,
  ended_at BIGINT,
  error_code BIGINT NOT NULL DEFAULT 0,
  reasons TEXT NOT NULL DEFAULT '',  -- The gate's last answer, codes with blanks between.
  {{key}}
);
CREATE UNIQUE INDEX outbox_dedupe ON outbox (creditor_id, dedupe_key);
CREATE INDEX outbox_planned ON outbox (creditor_id, urgent, not_before) WHERE state = 'planned';
CREATE INDEX outbox_in_flight ON outbox (creditor_id, deadline_at) WHERE state = 'in_flight';
CREATE INDEX outbox_uncertain ON outbox (creditor_id, in_flight_at) WHERE state = 'uncertain';
CREATE INDEX outbox_debtor ON outbox (creditor_id, debtor_id, planned_at);
CREATE INDEX outbox_attempt ON outbox (attempt_id) WHERE attempt_id <> '';
CREATE INDEX outbox_platform ON outbox (platform_id) WHERE platform_id <> '';

-- Raw events, exactly as they came, durable before they are answered. The key is the sender's signature
-- over the bytes, so that the same delivery twice is known as one.
CREATE TABLE inbox (
  id {{id}},
  source TEXT NOT NULL,
  event_key TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,             -- new, done, poison
  detail TEXT NOT NULL DEFAULT '',
  creditor_id BIGINT NOT NULL DEFAULT 0,
  {{key}}
);
-- A repetition is recognised when its turn comes: keys are digests without order, and an index over all of them
-- would make every arriving row dirty a page of its own (docs/performance.md).
CREATE UNIQUE INDEX inbox_event ON inbox (source, event_key) WHERE state <> 'new';
CREATE INDEX inbox_new ON inbox (id) WHERE state = 'new';
CREATE INDEX inbox_done ON inbox (received_at) WHERE state = 'done';

-- What people wrote to us, and what the creditor's people wrote from the phone app.
CREATE TABLE conversation_message (
  id {{id}},
  creditor_id BIGINT NOT NULL,
  debtor_id BIGINT NOT NULL,       -- 0: from nobody we know; quarantined.
  platform_id TEXT NOT NULL,
  direction TEXT NOT NULL,         -- in, out (by hand, from the phone app)
  at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  payload TEXT NOT NULL,
  context_id TEXT NOT NULL,
  media_id TEXT NOT NULL,
  sender TEXT NOT NULL,            -- Address as the platform wrote it, for messages from unknown people.
  {{key}}
);
CREATE UNIQUE INDEX conversation_platform ON conversation_message (creditor_id, platform_id);
CREATE INDEX conversation_unknown ON conversation_message (creditor_id, sender) WHERE debtor_id = 0;
CREATE INDEX conversation_debtor ON conversation_message (creditor_id, debtor_id, at);

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
  {{key}}
);
CREATE INDEX timeline_debtor ON timeline (creditor_id, debtor_id, id);

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

CREATE TABLE template_state (
  creditor_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  category TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (creditor_id, name, language)
){{clustered}};

-- Facts about the deployment itself: when the engine was last alive, quarantine.
CREATE TABLE deployment (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
