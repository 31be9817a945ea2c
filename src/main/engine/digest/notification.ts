/** A digest as a native notification: its first sentences, and the page that a click opens. */
import type { DigestReport } from '../../../shared/contract/digest.ts';
import type { NativeNotification } from '../runtime/ports.ts';
import { dayText, weekdayText } from '../wording/index.ts';

/** More than this is cut off by most systems. */
const MOST_CHARACTERS = 240;

/** The id names the digest, so that a host that is given it twice shows it once. */
export function notificationOf(report: DigestReport): NativeNotification {
  const { kind, from, to, summary } = report;
  return {
    id: `digest-${kind}-${from}-${to}`,
    title:
      kind === 'daily'
        ? `Since ${weekdayText(from, to)}`
        : `Week of ${dayText(from, to)}${report.isOver ? '' : ' so far'}`,
    body: shortened(summary),
    target: kind === 'daily' ? `/today?since=${from}&until=${to}` : `/week?of=${from}`,
  };
}

/** Whole sentences as far as they fit, but the first one always. */
function shortened(sentences: readonly string[]): string {
  const [first = '', ...rest] = sentences;
  let text = first;
  for (const next of rest) {
    if (text.length + next.length + 1 > MOST_CHARACTERS) break;
    text += ` ${next}`;
  }
  return text;
}
