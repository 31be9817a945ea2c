/** The right to ask: an access token for some hours, and the refresh token by which the next one is got. */
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { SecretKeeper, SecretValues } from '../kit/index.ts';
import { isOwnAddress, isSharedLogin } from './address.ts';

export interface Access {
  readonly accessToken: string;
  /** The organisation's own address, without a slash at its end. */
  readonly instance: string;
}

/** What Salesforce answers to a code or a refresh token: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow.htm */
export const TokenAnswerSchema = z.object({
  access_token: z.string().min(1).max(10_000),
  refresh_token: z.string().min(1).max(10_000).optional(),
  instance_url: z.url({ protocol: /^https?$/ }),
});
export type TokenAnswer = z.output<typeof TokenAnswerSchema>;

export interface AccessKeeper {
  /** The access in force. @throws AppError `auth_failed` where there is none to be had. */
  access(): Promise<Access>;
  /** New access, once the given one is no longer accepted; where somebody has renewed it already, that one. */
  renewed(stale: Access): Promise<Access>;
}

/** @param refresh asks Salesforce for a new access token. Its answer may hold a new refresh token, which ends the old one. */
export function accessKeeper(
  address: string,
  keeper: SecretKeeper,
  refresh: (refreshToken: string, clientSecret: string) => Promise<TokenAnswer>,
): AccessKeeper {
  async function renew(used: SecretValues): Promise<Access> {
    const next = await keeper.rotate(used, async (current) => {
      const { refreshToken = '', clientSecret = '' } = current;
      if (refreshToken === '')
        throw new AppError(
          'auth_failed',
          'Salesforce no longer accepts the access token, and there is no refresh token to get another. Connect Salesforce again.',
        );
      return secretsOf(await refresh(refreshToken, clientSecret), current, address);
    });
    const access = accessOf(next, address);
    if (access === null) throw new AppError('auth_failed', WITHOUT_ADDRESS);
    return access;
  }

  return {
    async access() {
      const current = keeper.current();
      const access = accessOf(current, address);
      if (access !== null) return access;
      if ((current['refreshToken'] ?? '') !== '') return await renew(current);
      throw new AppError('auth_failed', (current['accessToken'] ?? '') === '' ? NOTHING_GIVEN : WITHOUT_ADDRESS);
    },
    async renewed(stale) {
      const current = keeper.current();
      const known = accessOf(current, address);
      if (known !== null && known.accessToken !== stale.accessToken) return known;
      return await renew(current);
    },
  };
}

const NOTHING_GIVEN =
  'Salesforce is not connected: sign in, or give a refresh token of the app, or an access token of the organisation.';
const WITHOUT_ADDRESS =
  'An access token alone does not say where its organisation lives: give the organisation’s own address (https://….my.salesforce.com) as the login address.';

function accessOf({ accessToken = '', instance = '' }: SecretValues, address: string): Access | null {
  if (accessToken === '') return null;
  if (instance !== '') return { accessToken, instance };
  return isSharedLogin(address) ? null : { accessToken, instance: address };
}

/** What is kept of a token answer; without a new refresh token the former one stays in force. */
export function secretsOf(answer: TokenAnswer, former: SecretValues, address: string): SecretValues {
  const instance = new URL(answer.instance_url).origin;
  if (!isOwnAddress(instance, address))
    throw new AppError(
      'auth_failed',
      `${new URL(address).host} names ${new URL(instance).host} as the organisation's address, where Vario does not follow`,
    );
  return {
    ...former,
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? former['refreshToken'] ?? '',
    instance,
  };
}
