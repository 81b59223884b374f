/** Opens the port `books`: the table of records. */
import { books } from '../../adapters/dynamodb/books.ts';
import type { Books } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openBooks = ({ dynamodb, named, book }: Opening): Books =>
  books({ client: dynamodb(), table: named('BOOKS_TABLE'), book });
