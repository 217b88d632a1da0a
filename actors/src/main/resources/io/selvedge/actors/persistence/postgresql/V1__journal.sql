-- The journal of akka-persistence-jdbc 5.2.1, the offsets of akka-projection-jdbc 1.4.0, and whose
-- database this is. Names without a schema: they go where the connection's currentSchema points.

CREATE TABLE event_journal (
  ordering BIGSERIAL UNIQUE,
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  deleted BOOLEAN DEFAULT FALSE NOT NULL,
  writer VARCHAR(255) NOT NULL,
  write_timestamp BIGINT,
  adapter_manifest VARCHAR(255),
  event_ser_id INTEGER NOT NULL,
  event_ser_manifest VARCHAR(255) NOT NULL,
  event_payload BYTEA NOT NULL,
  meta_ser_id INTEGER,
  meta_ser_manifest VARCHAR(255),
  meta_payload BYTEA,
  -- The fence between two owners of an entity: each number is decided once.
  PRIMARY KEY (persistence_id, sequence_number)
);

CREATE TABLE event_tag (
  event_id BIGINT NOT NULL REFERENCES event_journal (ordering) ON DELETE CASCADE,
  tag VARCHAR(255) NOT NULL,
  PRIMARY KEY (event_id, tag)
);
-- Every reader asks by tag from an offset on.
CREATE INDEX event_tag_tag_idx ON event_tag (tag, event_id);

CREATE TABLE snapshot (
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  created BIGINT NOT NULL,
  snapshot_ser_id INTEGER NOT NULL,
  snapshot_ser_manifest VARCHAR(255) NOT NULL,
  snapshot_payload BYTEA NOT NULL,
  meta_ser_id INTEGER,
  meta_ser_manifest VARCHAR(255),
  meta_payload BYTEA,
  PRIMARY KEY (persistence_id, sequence_number)
);

CREATE TABLE durable_state (
  global_offset BIGSERIAL,
  persistence_id VARCHAR(255) NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL,
  state_payload BYTEA NOT NULL,
  state_serial_id INTEGER NOT NULL,
  state_serial_manifest VARCHAR(255),
  tag VARCHAR(255),
  state_timestamp BIGINT NOT NULL
);
CREATE INDEX state_tag_idx ON durable_state (tag);
CREATE INDEX state_global_offset_idx ON durable_state (global_offset);

CREATE TABLE akka_projection_offset_store (
  projection_name VARCHAR(255) NOT NULL,
  projection_key VARCHAR(255) NOT NULL,
  current_offset VARCHAR(255) NOT NULL,
  manifest VARCHAR(32) NOT NULL,
  mergeable BOOLEAN NOT NULL,
  last_updated BIGINT NOT NULL,
  PRIMARY KEY (projection_name, projection_key)
);

CREATE TABLE akka_projection_management (
  projection_name VARCHAR(255) NOT NULL,
  projection_key VARCHAR(255) NOT NULL,
  paused BOOLEAN NOT NULL,
  last_updated BIGINT NOT NULL,
  PRIMARY KEY (projection_name, projection_key)
);

-- One row: the fabric that this journal belongs to.
CREATE TABLE authority (
  only_row BOOLEAN DEFAULT TRUE PRIMARY KEY CHECK (only_row),
  fabric VARCHAR(255) NOT NULL
);

-- The cloud nodes that opened this journal, and when each was last a member of the cluster. (The lock
-- is no row of this table.)
CREATE TABLE authority_seat (
  node VARCHAR(255) NOT NULL PRIMARY KEY,
  alone BOOLEAN NOT NULL,
  taken TIMESTAMP WITH TIME ZONE NOT NULL,
  last_member TIMESTAMP WITH TIME ZONE
);
