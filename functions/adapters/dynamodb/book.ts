/**
 * The book a deployment keeps: `L` live, `T…` a sandbox. Every key begins with it,
 * and only this file can make a partition text, so no read or write can leave its book.
 */
export type Book = 'L' | `T${string}`;

declare const branded: unique symbol;
export type PartitionText = string & { readonly [branded]: 'partition' };

export const partitionIn = (book: Book, partition: string): PartitionText => `${book}#${partition}` as PartitionText;
