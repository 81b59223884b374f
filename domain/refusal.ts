/**
 * A refusal is an answer, not an accident: "no, because …". The domain returns
 * it; the edge turns it into an HTTP problem or a logged, acknowledged message.
 */
export interface Refusal<Code extends string = string> {
  /** A stable snake_case code a program can switch on. */
  readonly refused: Code;
  /** One sentence a person understands. */
  readonly because: string;
  /** RFC 6901 pointer to what is wrong in the request, where one thing is. */
  readonly pointer?: string;
}

export const refuse = <const Code extends string>(refused: Code, because: string, pointer?: string): Refusal<Code> =>
  pointer === undefined ? { refused, because } : { refused, because, pointer };

export const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && 'refused' in answer && 'because' in answer;
