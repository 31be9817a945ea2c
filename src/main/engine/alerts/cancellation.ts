/** Why a customer cancelled, in words: what the customer said first, then what the vendor noted. */
import type { Subscription } from '../domain/index.ts';

/** That the customer asked for it is no reason; why they did is in the feedback. */
const REASONS: Readonly<Record<string, string | null>> = {
  cancellation_requested: null,
  payment_failed: 'payment failed',
  payment_disputed: 'payment disputed',
};

/** The customer's own choice in Stripe's cancellation form; unknown words are shown as they come. */
function feedbackText(feedback: string): string {
  return feedback === 'other' ? 'another reason' : feedback.replaceAll('_', ' ');
}

/**
 * One short phrase, or null where nothing is known.
 * @example cancellationText({ reason: null, feedback: 'too_expensive', comment: null }) // 'too expensive'
 */
export function cancellationText(cancellation: Subscription['cancellation']): string | null {
  const { reason, feedback, comment } = cancellation;
  const said = feedback === null ? null : feedbackText(feedback);
  const quoted = comment === null || comment.trim() === '' ? null : `“${shortened(comment.trim())}”`;
  const parts = [said, quoted].filter((part) => part !== null);
  if (parts.length > 0) return parts.join(', ');
  if (reason === null) return null;
  return REASONS[reason] === undefined ? reason.replaceAll('_', ' ') : REASONS[reason];
}

const MAX_COMMENT = 140;

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ');
  return plain.length <= MAX_COMMENT ? plain : `${plain.slice(0, MAX_COMMENT - 1)}…`;
}

/** What to do about it before the period ends. */
export function retentionAction(cancellation: Subscription['cancellation']): string {
  switch (cancellation.feedback) {
    case 'too_expensive':
      return 'Ask what they use and offer a smaller plan or a yearly price.';
    case 'missing_features':
      return 'Ask which feature is missing and say when, or whether, it comes.';
    case 'too_complex':
    case 'customer_service':
    case 'low_quality':
      return 'Call them: ask what went wrong and offer help from a person.';
    case 'unused':
      return 'Ask who was meant to use it and offer to set it up together, or a pause.';
    case 'switched_service':
      return 'Ask what the other service does better; keep the door open.';
    default:
      return 'Ask why in person, and offer a pause or another plan where that helps.';
  }
}
