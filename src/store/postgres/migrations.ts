// The tables, as the steps that lead to them. A step that was ever released is never altered: for a change append one.

/** `steps[0]` leads to version 1, and so on. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE orders (
    ref text PRIMARY KEY,
    no bigint NOT NULL UNIQUE,
    buyer bigint NOT NULL,
    account text NOT NULL,
    service text NOT NULL,
    line text NOT NULL,
    value bigint NOT NULL,
    state text NOT NULL,
    confirmed_at bigint NOT NULL,
    settled_at bigint,
    closed boolean NOT NULL,
    record json NOT NULL,
    -- The process that looks after it, for as long as it shows that it lives.
    holder text,
    held_until timestamptz NOT NULL DEFAULT '-infinity'
  );
  CREATE INDEX orders_of_buyer ON orders (buyer, no DESC);
  CREATE INDEX orders_of_line ON orders (line, no DESC);
  CREATE INDEX orders_settled ON orders (settled_at) WHERE settled_at IS NOT NULL;
  CREATE INDEX orders_open ON orders (no DESC) WHERE settled_at IS NULL;
  CREATE INDEX orders_active ON orders (no) WHERE NOT closed;
  CREATE INDEX orders_in_review ON orders (no DESC) WHERE state = 'review';

  -- What everybody's entries add up to; 'shop' is the account of the owners' orders.
  CREATE TABLE accounts (
    account text PRIMARY KEY,
    put bigint NOT NULL DEFAULT 0,
    held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    taken bigint NOT NULL DEFAULT 0 CHECK (taken >= 0)
  );
  INSERT INTO accounts (account) VALUES ('shop');

  -- Only ever added to. An order's own entries are in its record too.
  CREATE TABLE entries (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    added_at bigint NOT NULL,
    entry json NOT NULL
  );
  CREATE INDEX entries_of_account ON entries (account, seq DESC) WHERE kind <> 'capture';
  CREATE INDEX entries_by_id ON entries (id, added_at) WHERE kind NOT IN ('hold', 'release', 'capture');

  CREATE TABLE audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line json NOT NULL
  );

  CREATE TABLE shop (
    key text PRIMARY KEY,
    kind text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    record json NOT NULL
  );
  CREATE INDEX shop_of_kind ON shop (kind, seq);

  -- One for each chat, person and topic: the flow that runs there, and the process that has its updates in hand.
  CREATE TABLE lanes (
    key text PRIMARY KEY,
    state json,
    prompt json,
    touched_at bigint NOT NULL,
    holder text,
    held_until timestamptz NOT NULL DEFAULT '-infinity'
  );
  CREATE INDEX lanes_idle ON lanes (touched_at) WHERE state IS NOT NULL;

  -- What Telegram sent. What is handled is kept for a while, for Telegram may send it again.
  CREATE TABLE updates (
    update_id bigint PRIMARY KEY,
    key text NOT NULL,
    update json NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    handled boolean NOT NULL DEFAULT false
  );
  CREATE INDEX updates_waiting ON updates (key, update_id) WHERE NOT handled;
  CREATE INDEX updates_received ON updates (received_at) WHERE handled;

  CREATE TABLE people (id bigint PRIMARY KEY, chosen text, heard text);

  -- The traffic to the provider, of all processes together; moments in epoch ms. The bucket is full again at full_at.
  CREATE TABLE traffic (
    full_at double precision NOT NULL DEFAULT 0,
    polled_at double precision NOT NULL DEFAULT 0,
    held_until double precision NOT NULL DEFAULT 0,
    refusals int NOT NULL DEFAULT 0
  );
  INSERT INTO traffic DEFAULT VALUES;

  -- What the provider said against a key (by its fingerprint), how often that changed, and when it may be tried next.
  CREATE TABLE provider_keys (
    key text PRIMARY KEY,
    flaw text,
    changes int NOT NULL DEFAULT 1,
    next_try_at timestamptz NOT NULL DEFAULT now()
  );

  -- What tells whether a transaction was committed when its answer was lost: see fates.ts.
  CREATE TABLE commits (
    id uuid PRIMARY KEY,
    fate text NOT NULL CONSTRAINT the_shop_is_here CHECK (fate IN ('committed', 'aborted')),
    at timestamptz NOT NULL DEFAULT now()
  );

  -- What one process does for all of them.
  CREATE TABLE claims (name text PRIMARY KEY, holder text NOT NULL, until timestamptz NOT NULL);

  -- Single things that all processes must agree on: what proves the card key, what is known of the provider's key.
  CREATE TABLE facts (name text PRIMARY KEY, value json NOT NULL);

  CREATE TABLE counters (name text PRIMARY KEY, next bigint NOT NULL);
  INSERT INTO counters VALUES ('order', 1001);
  `,
];
