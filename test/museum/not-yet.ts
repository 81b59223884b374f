/**
 * The most severe bugs of other systems that our code cannot have yet, each with what is
 * missing for it. When that comes, so does the exhibit.
 */
export interface NotYet {
  readonly row: number;
  readonly where: string;
  readonly bug: string;
  readonly because: string;
}

export const notYet: readonly NotYet[] = [
  {
    row: 74,
    where: 'getlago/lago-api#2643, #4553, #4313, #831',
    bug: 'Tax rounded over the invoice and over each credit note: the credits come to more than the invoice.',
    because: 'There is no tax and there are no credit notes yet.',
  },
  {
    row: 113,
    where: 'bigcapitalhq/bigcapital#990',
    bug: 'The tenant is read from a header and never checked.',
    because: 'One deployment serves one company: no request names a tenant. What there is to check is the API key.',
  },
];
