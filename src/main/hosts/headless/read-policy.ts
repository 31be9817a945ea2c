import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { OwnPolicySchema, POLICIES, type PolicyInput } from '../../../shared/contract/policy.ts';
import { AppError } from '../../../shared/kernel/errors.ts';

/**
 * The value of a policy option: a name as it is, else a JSON file with an own
 * policy, `{ "base": "vario", "week": "4.33" }`.
 * @throws AppError `invalid_input` for a name that is none, a file that cannot be read, or one that holds something else.
 */
export function readPolicy(option: string): PolicyInput {
  if (Object.hasOwn(POLICIES, option)) return option;
  if (!option.endsWith('.json') && !/[\\/]/.test(option))
    throw new AppError(
      'invalid_input',
      `There is no policy “${option}”. There are: ${Object.keys(POLICIES).join(', ')}; or give a JSON file`,
    );
  const parsed = OwnPolicySchema.safeParse(jsonOf(option));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'invalid_input',
    `${option} is not a policy (vario policies lists the switches):\n${z.prettifyError(parsed.error)}`,
  );
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : 'cannot be read';
    throw new AppError('invalid_input', `The policy file ${file} ${why}`, { cause });
  }
}
