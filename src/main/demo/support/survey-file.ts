/** The answers to the survey as a survey tool exports them. */
import type { SupportStory } from './support-story.ts';

/** One line an answer, oldest first. */
export function surveyCsv({ answers }: SupportStory): string {
  const lines = answers.map(({ key, life, on, score, comment }) =>
    [key, on, life.email, String(score), comment ?? ''].map(quoted).join(','),
  );
  return `${['response_id,date,email,score,comment', ...lines].join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
