/** Units of work: all of a unit or nothing, nested ones too. */
import { expect, test } from 'vitest';
import { openDatabase, type Database } from './database.ts';

const addQueue = ({ sql }: Database, name: string): void => {
  sql.run`insert into queue (name, attributes, created_at, changed_at) values (${name}, '{}', 0, 0)`;
};
const queueNames = ({ sql }: Database): unknown[] =>
  sql.all`select name from queue order by name`.map((row) => row['name']);

test('a unit that fails leaves nothing behind and the database usable', () => {
  const database = openDatabase();
  const failing = (): void =>
    database.atomically(() => {
      addQueue(database, 'half');
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  database.atomically(() => addQueue(database, 'whole'));
  expect(queueNames(database)).toEqual(['whole']);
  database.close();
});

test('an inner unit can fail alone, and falls with the outer one', () => {
  const database = openDatabase();
  const failInside = (): void =>
    database.atomically(() => {
      addQueue(database, 'inner');
      throw new Error('stop');
    });
  database.atomically(() => {
    addQueue(database, 'outer');
    expect(failInside).toThrow('stop');
  });
  expect(queueNames(database)).toEqual(['outer']);
  const failOutside = (): void =>
    database.atomically(() => {
      database.atomically(() => addQueue(database, 'nested'));
      throw new Error('stop');
    });
  expect(failOutside).toThrow('stop');
  expect(queueNames(database)).toEqual(['outer']);
  database.close();
});
