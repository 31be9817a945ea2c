/** Signing in: OAuth 2 with a code and PKCE, for an External Client App of the organisation's own. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Http } from '../../runtime/ports.ts';
import { gapError, type SignIn } from '../kit/index.ts';
import { secretsOf, TokenAnswerSchema } from './access.ts';
import { tokenErrorOf } from './refusal.ts';
import type { Exchange } from './vendor-api.ts';

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow.htm */
const SCOPE = 'api refresh_token';

/** @param config as parsed; its login address becomes the organisation's own once that is known. */
export async function beginSignIn(
  config: Readonly<Record<string, string>> & { readonly apiBase: string; readonly clientId: string },
  clientSecret: string,
  { redirectUri, state }: { readonly redirectUri: string; readonly state: string },
): Promise<SignIn> {
  const { apiBase: loginUrl, clientId } = config;
  if (clientId === '')
    throw new AppError('invalid_input', 'Salesforce: signing in needs the consumer key of an External Client App');
  const { oauthApp } = await import('./vendor-api.ts');
  const app = { loginUrl, clientId, clientSecret, redirectUri };
  const asking = oauthApp(app, nothingIsSent, true);
  return {
    address: asking.getAuthorizationUrl({ scope: SCOPE, state, code_challenge_method: 'S256' }),
    async redeem(code, http) {
      const redeeming = oauthApp(app, tokenExchange(http, [code, clientSecret]), false);
      redeeming.codeVerifier = asking.codeVerifier;
      const answer = TokenAnswerSchema.safeParse(await redeeming.requestToken(code));
      if (!answer.success)
        throw gapError('refused', 'Salesforce’s answer to the sign-in cannot be read; try again', answer.error);
      const { instance = loginUrl, ...secrets } = secretsOf(answer.data, { clientSecret }, loginUrl);
      if (secrets['refreshToken'] === '')
        throw new AppError(
          'auth_failed',
          'Salesforce gave no refresh token: add the scope “Perform requests at any time (refresh_token, offline_access)” to the app, then sign in again.',
        );
      return { config: { ...config, apiBase: instance }, secrets };
    },
  };
}

function tokenExchange(http: Http, secrets: readonly string[]): Exchange {
  return async (request) => {
    const response = await http(request);
    if (response.status >= 400) throw tokenErrorOf(response, secrets);
    return response;
  };
}

/** Making the address asks nobody. */
const nothingIsSent: Exchange = () =>
  Promise.reject(new AppError('internal', 'Salesforce was asked before anybody signed in'));
