-- The audit's read side. Projections fill it; nothing else is lost with it than what the journal tells
-- again.

-- What happened, event by event.
CREATE TABLE history (
  kind VARCHAR(16) NOT NULL,
  entity VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  event VARCHAR(32) NOT NULL,
  says VARCHAR NOT NULL,
  -- By the fabric's logical clock: milliseconds, and a count within one.
  happened BIGINT NOT NULL,
  tick INTEGER NOT NULL,
  node_time BIGINT,
  received_at BIGINT NOT NULL,
  reporter VARCHAR(255),
  cause VARCHAR,
  details VARCHAR NOT NULL,
  -- Each event is told once.
  PRIMARY KEY (kind, entity, sequence_number)
);
CREATE INDEX history_happened_idx
  ON history (kind, entity, happened DESC, tick DESC, sequence_number DESC);

-- What stood from when until when, of each part of an entity one fact at a time. "fork" files intervals
-- so that those around a moment are found at once, see Fork.
CREATE TABLE standing (
  kind VARCHAR(16) NOT NULL,
  entity VARCHAR(255) NOT NULL,
  part VARCHAR(255) NOT NULL,
  begins BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  fork BIGINT NOT NULL,
  fact VARCHAR,
  PRIMARY KEY (kind, entity, part, begins)
);
CREATE INDEX standing_begins_idx ON standing (fork, begins);
CREATE INDEX standing_ends_idx ON standing (fork, ends);

-- Who is meant by a name, and since when.
CREATE TABLE entity_name (
  kind VARCHAR(16) NOT NULL,
  name VARCHAR(255) NOT NULL,
  entity VARCHAR(255) NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (name, kind)
);

-- H2 reads an index one way only: these lead to the last of an entity.
CREATE INDEX history_last_idx ON history (kind, entity, sequence_number DESC);
CREATE INDEX standing_last_idx ON standing (kind, entity, part, begins DESC);
