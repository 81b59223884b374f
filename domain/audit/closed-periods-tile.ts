/** I11 the closed periods of a subscription follow one another from the first to the one now running; I4 each is cut where its anchor says. */
import { periodOf } from '../subscriptions/subscription.ts';
import { type Check, must } from './violation.ts';

export const closedPeriodsTile: Check = ({ books }) => {
  const closed = Map.groupBy(books.closedPeriods, ({ subscription }) => subscription);
  return books.subscriptions.flatMap((subscription) => {
    const periods = [...(closed.get(subscription.id) ?? [])].sort((a, b) => a.n - b.n);
    return [
      ...must(
        periods.length === subscription.currentPeriod,
        'I11',
        `Period ${subscription.currentPeriod} is running and ${periods.length} are closed.`,
        subscription.id,
      ),
      ...periods.flatMap(({ n, from, until }, i) => {
        const { from: begins, until: ends } = periodOf(subscription, n);
        const follows = n === i && (i === 0 || periods[i - 1]?.until === from);
        return [
          ...must(
            follows && from < until,
            'I11',
            `Closed period ${n} does not begin where the one before ends.`,
            subscription.id,
            String(n),
          ),
          ...must(
            from === begins && until === ends,
            'I4',
            `Closed period ${n} is ${from} to ${until}; the anchor gives ${begins} to ${ends}.`,
            subscription.id,
            String(n),
          ),
        ];
      }),
    ];
  });
};
