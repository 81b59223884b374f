/**
 * The time of a usage event on the fast path. Events of a request mostly share their
 * day, so the day is checked once and each time after it is only a clock read off its
 * digits; every other time goes the way that all times can go.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the units end with a zero, which stops every loop */
import { usageLimits } from '#domain/usage/event-names.ts';
import { epochMs, type Instant, parseInstant } from '#domain/time/instant.ts';
import type { EventWindow } from './usage.ts';
import { areAlike, next, plainText, quote, type TextScan, type Units } from './usage-scan-text.ts';

export interface TimeScan {
  readonly window: EventWindow;
  readonly earliestMs: number;
  readonly latestMs: number;
  /** Where a time of the known day stands; −1 before the first. */
  dayFrom: number;
  dayMs: number;
}

export const timeScan = (window: EventWindow): TimeScan => ({
  window,
  earliestMs: epochMs(window.earliest),
  latestMs: epochMs(window.latest),
  dayFrom: -1,
  dayMs: 0,
});

const colon = 58;
const point = 46;
const capitalZ = 90;
/** `2026-01-31T`, and all of `2026-01-31T23:59:59.000Z`. */
const dayLength = 11;
const timeLength = 24;

/** The number that the digits at two places say; past every limit where one of them is none. */
const twoDigits = (units: Units, at: number): number => {
  const tens = units[at]! - 48;
  const ones = units[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Infinity;
};

/** Milliseconds of the clock `23:59:59.000Z"` that stands there; not finite where none does. */
const clockMs = (units: Units, at: number): number => {
  const isPunctuated =
    units[at + 2] === colon &&
    units[at + 5] === colon &&
    units[at + 8] === point &&
    units[at + 12] === capitalZ &&
    units[at + 13] === quote;
  if (!isPunctuated) return Infinity;
  const hours = twoDigits(units, at);
  const minutes = twoDigits(units, at + 3);
  const seconds = twoDigits(units, at + 6);
  if (hours > 23 || minutes > 59 || seconds > 59) return Infinity;
  // The middle digit is read twice, so that each of the three is known to be one.
  const ms = twoDigits(units, at + 9) * 10 + (twoDigits(units, at + 10) % 10);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
};

/** The time whose quote opens here, if it is one and within the window. */
export const scanTime = (scan: TextScan, times: TimeScan): Instant | undefined => {
  if (next(scan) !== quote) return undefined;
  const { units, text } = scan;
  const from = scan.at + 1;
  if (times.dayFrom >= 0 && areAlike(units, from, times.dayFrom, dayLength)) {
    const ms = times.dayMs + clockMs(units, from + dayLength);
    if (ms >= times.earliestMs && ms <= times.latestMs) {
      scan.at = from + timeLength + 1;
      // Its day was parsed before and its clock just now: it is in the form of an instant already.
      return text.slice(from, from + timeLength) as Instant;
    }
  }
  const sent = plainText(scan, 1, usageLimits.name);
  const time = sent === undefined ? undefined : parseInstant(sent);
  if (time === undefined || time < times.window.earliest || time > times.window.latest) return undefined;
  if (time === sent) {
    times.dayFrom = from;
    times.dayMs = Date.parse(time.slice(0, 10));
  }
  return time;
};
