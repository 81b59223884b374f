/**
 * The SQLite database that holds queues, messages and remembered deduplication ids. A statement is committed before its
 * caller goes on, so an acknowledged message outlives the process, kill -9 included; an operating system that loses
 * power may forget the last instants (WAL with `synchronous = normal`), which a machine for development accepts.
 */
import { DatabaseSync, type SQLTagStore } from 'node:sqlite';

export interface Database {
  /** Statements as templates: every `${value}` is bound, never pasted, and the statement is prepared once. */
  readonly sql: SQLTagStore;
  /** Runs `work` as one unit: all of its writes or none. May be nested; the inner unit can fail alone. */
  readonly atomically: <Result>(work: () => Result) => Result;
  readonly close: () => void;
}

/*
 * A message is invisible while `visible_at` lies ahead: delayed when it was never received, in flight when it was.
 * `position` orders messages as they arrived and is the FIFO sequence number; autoincrement never uses one twice.
 * SQLite keeps no statistics here, so statements that a large backlog would slow down name their index.
 */
const schema = `
  create table if not exists queue (
    name       text primary key,
    attributes text not null,
    created_at integer not null,
    changed_at integer not null
  ) strict;
  create table if not exists message (
    position           integer primary key autoincrement,
    queue              text not null references queue (name) on delete cascade,
    id                 text not null,
    body               text not null,
    attributes         text not null,
    group_id           text,
    deduplication_id   text,
    sent_at            integer not null,
    visible_at         integer not null,
    receive_count      integer not null default 0,
    first_received_at  integer,
    dead_letter_source text
  ) strict;
  create index if not exists message_by_arrival on message (queue, position);
  create index if not exists message_by_visibility on message (queue, visible_at);
  create index if not exists message_by_receipts on message (queue, receive_count, visible_at);
  create index if not exists message_by_age on message (queue, sent_at);
  create index if not exists message_by_group on message (queue, group_id, visible_at);
  create table if not exists deduplication (
    queue      text not null references queue (name) on delete cascade,
    scope      text not null,
    id         text not null,
    message_id text not null,
    position   integer not null,
    expires_at integer not null,
    primary key (queue, scope, id)
  ) strict, without rowid;
  create index if not exists deduplication_by_expiry on deduplication (queue, expires_at);
`;

export function openDatabase(file = ':memory:'): Database {
  const connection = new DatabaseSync(file);
  connection.exec('pragma journal_mode = wal; pragma synchronous = normal;');
  connection.exec(schema);
  return {
    sql: connection.createTagStore(),
    atomically: (work) => {
      // The outermost savepoint is a transaction, an inner one a part of it that can be undone by itself.
      connection.exec('savepoint work');
      try {
        const result = work();
        connection.exec('release work');
        return result;
      } catch (error) {
        connection.exec('rollback to work; release work');
        throw error;
      }
    },
    close: () => connection.close(),
  };
}
