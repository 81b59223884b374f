/**
 * A usage request: one event, a JSON array or NDJSON, up to 1,000 events. Each event
 * stands on its own, so a bad one is named with its reason and its neighbours count
 * all the same; only a body in which no event can be found is refused as a whole.
 */
import { type Refusal, refuse } from '#domain/refusal.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { Instant } from '#domain/time/instant.ts';
import { checkUsageEvent, eventWindowAt, usageEventSchema } from './usage.ts';
import { type BodyForm, type BodyRefusal, type RawBody, readUsageBody } from './usage-body.ts';
import { type JsonFault, type JsonRead, readJson, skipBlanks } from './usage-json.ts';
import { type EventFault, pointerTo, type Rejection, rejectionMessages } from './usage-rejection.ts';
import { collapseUsageRepeats } from './usage-repeats.ts';
import { type EventScan, eventScan, scanEvent } from './usage-scan.ts';
import { releaseUnits } from './usage-scan-text.ts';

const mostEvents = 1_000;

/** Every event of the request is in exactly one of the three. */
export interface UsageRead {
  readonly events: readonly UsageEvent[];
  /** Events beyond the first of their identity and equal to it. */
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
}

export type UsageRefusal = BodyRefusal | Refusal<'malformed_json' | 'too_many_events' | 'no_events'>;

export const readUsageRequest = async ({
  now,
  ...raw
}: RawBody & { readonly now: Instant }): Promise<UsageRead | UsageRefusal> => {
  const body = await readUsageBody(raw);
  return 'refused' in body ? body : readUsageText(body.text, body.form, now, body.isAscii);
};

/** The same once the body is text; one known to be all ASCII is read faster. */
export const readUsageText = (
  text: string,
  form: BodyForm,
  now: Instant,
  isAscii = false,
): UsageRead | UsageRefusal => {
  const isArray = text[skipBlanks(text, 0)] === '[';
  if (form === 'batch' && !isArray) return refuse('malformed_json', 'A batch is a JSON array of events.');
  const isOne = form === 'one' || (form === 'either' && !isArray);
  const sorter = eventSorter(eventScan(text, eventWindowAt(now), isAscii), isOne ? () => '' : (index) => `/${index}`);
  const refusal = isOne
    ? sortOne(text, sorter)
    : form === 'lines'
      ? sortLines(text, sorter)
      : sortElements(text, sorter);
  sorter.finish();
  return refusal ?? sorter.sorted();
};

const sortOne = (text: string, sorter: EventSorter): UsageRefusal | undefined => {
  const end = sorter.eventAt(0);
  if (typeof end !== 'number') return malformed(end);
  return text[skipBlanks(text, end)] === '{' ? severalAsOne : afterwards(text, end);
};

const sortElements = (text: string, sorter: EventSorter): UsageRefusal | undefined => {
  let at = skipBlanks(text, 0) + 1;
  if (text[skipBlanks(text, at)] === ']') return afterwards(text, skipBlanks(text, at) + 1) ?? noEvents;
  for (;;) {
    if (sorter.count() === mostEvents) return tooManyEvents;
    const end = sorter.eventAt(at);
    if (typeof end !== 'number') return malformed(end);
    at = skipBlanks(text, end);
    if (text[at] === ']') return afterwards(text, at + 1);
    if (text[at] !== ',') return malformed({ malformed: 'a , or ] is missing', at });
    at += 1;
  }
};

const sortLines = (text: string, sorter: EventSorter): UsageRefusal | undefined => {
  // Blank lines are skipped as one run: looked at line by line, a body of nothing else would take for ever.
  for (let from = skipBlanks(text, 0); from < text.length; from = skipBlanks(text, from)) {
    if (sorter.count() === mostEvents) return tooManyEvents;
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline;
    sorter.lineAt(from, to);
    from = to;
  }
  return sorter.count() === 0 ? noEvents : undefined;
};

interface EventSorter {
  /** Sorts the event that begins here and gives the place after it. */
  readonly eventAt: (at: number) => number | JsonFault;
  /** Sorts the line, be it an event or not. */
  readonly lineAt: (from: number, to: number) => void;
  readonly count: () => number;
  /** No event comes after. */
  readonly finish: () => void;
  readonly sorted: () => UsageRead;
}

const eventSorter = (scan: EventScan, pointerOf: (index: number) => string): EventSorter => {
  const { text, window } = scan;
  const events: UsageEvent[] = [];
  const indexes: number[] = [];
  const rejected: Rejection[] = [];

  const keep = (event: UsageEvent) => {
    indexes.push(events.length + rejected.length);
    events.push(event);
  };
  const reject = ({ fault, path }: EventFault, value: unknown, because = '') => {
    const index = events.length + rejected.length;
    rejected.push({
      index,
      id: idOf(value),
      code: fault,
      message: rejectionMessages[fault] + because,
      pointer: pointerOf(index) + pointerTo(path),
    });
  };
  const judge = ({ value, repeatsKey }: JsonRead) => {
    const checked = repeatsKey ? ({ fault: 'repeated_key', path: [] } as const) : checkUsageEvent(value, window);
    if ('fault' in checked) reject(checked, value);
    else keep(checked);
  };

  return {
    eventAt: (at) => {
      const event = scanEvent(scan, at);
      if (event !== undefined) {
        keep(event);
        return scan.at;
      }
      const read = readJson(text, at);
      if ('malformed' in read) return read;
      judge(read);
      return read.end;
    },
    lineAt: (from, to) => {
      const event = scanEvent(scan, from);
      if (event !== undefined && scan.at <= to && skipBlanks(text, scan.at) >= to) {
        keep(event);
        return;
      }
      const line = text.slice(from, to);
      const read = readJson(line);
      const fault = 'malformed' in read ? read : faultAfter(line, read.end);
      if (fault !== undefined)
        reject({ fault: 'malformed_json', path: [] }, undefined, ` (${fault.malformed} at ${fault.at})`);
      else judge(read as JsonRead);
    },
    count: () => events.length + rejected.length,
    finish: () => {
      releaseUnits(scan);
    },
    sorted: () => {
      const collapsed = collapseUsageRepeats(events);
      for (const place of collapsed.conflicting) {
        const index = indexes[place] ?? 0;
        rejected.push({
          index,
          id: events[place]?.id ?? null,
          code: 'conflicting_event',
          message: rejectionMessages.conflicting_event,
          pointer: pointerOf(index),
        });
      }
      rejected.sort((a, b) => a.index - b.index);
      return { events: collapsed.events, duplicates: collapsed.duplicates, rejected };
    },
  };
};

const noEvents = refuse('no_events', 'There is no event in this request.');
const tooManyEvents = refuse('too_many_events', `A request has at most ${mostEvents} events. Send several.`);

const severalAsOne = refuse(
  'malformed_json',
  'One event is followed by another. Send events one a line as application/x-ndjson, or several as a JSON array. Nothing of it was stored.',
);

const malformed = ({ malformed: what, at }: JsonFault): UsageRefusal =>
  refuse('malformed_json', `The body is not JSON: ${what} at character ${at}. Nothing of it was stored.`);

const faultAfter = (text: string, end: number): JsonFault | undefined => {
  const at = skipBlanks(text, end);
  return at < text.length ? { malformed: 'something after the value', at } : undefined;
};

const afterwards = (text: string, end: number): UsageRefusal | undefined => {
  const fault = faultAfter(text, end);
  return fault === undefined ? undefined : malformed(fault);
};

/** The id the sender can find the event by, where it has a valid one. */
const idOf = (value: unknown): string | null => {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  const checked = usageEventSchema.shape.id.safeParse(id);
  return checked.success ? checked.data : null;
};
