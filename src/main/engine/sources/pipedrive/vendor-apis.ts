/**
 * Pipedrive's generated client with our transport under it. A file of its own,
 * because it is loaded only when Pipedrive is asked for something.
 */
import * as v1 from 'pipedrive/v1';
import * as v2 from 'pipedrive/v2';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { HttpRequest, HttpResponse } from '../../runtime/ports.ts';

export interface Transport {
  /** `https://acme.pipedrive.com`, without a slash at its end. */
  readonly base: string;
  readonly apiToken: string;
  readonly exchange: (request: HttpRequest) => Promise<HttpResponse>;
}

/** What axios hands to the function that sends: the client's own address, parameters and headers. */
interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** The parts of the client that are used, all over one transport. The second version has neither users nor change logs. */
export function vendorApis(transport: Transport) {
  const second = new v2.Configuration({ apiKey: transport.apiToken, basePath: `${transport.base}/api/v2` });
  const first = new v1.Configuration({ apiKey: transport.apiToken, basePath: `${transport.base}/api/v1` });
  const options = { adapter: async (asked: Asked) => await send(asked, transport) };
  second.baseOptions = options;
  first.baseOptions = options;
  return {
    deals: new v2.DealsApi(second),
    organizations: new v2.OrganizationsApi(second),
    persons: new v2.PersonsApi(second),
    activities: new v2.ActivitiesApi(second),
    products: new v2.DealProductsApi(second),
    pipelines: new v2.PipelinesApi(second),
    stages: new v2.StagesApi(second),
    dealFields: new v2.DealFieldsApi(second),
    organizationFields: new v2.OrganizationFieldsApi(second),
    personFields: new v2.PersonFieldsApi(second),
    users: new v1.UsersApi(first),
    changes: new v1.DealsApi(first),
  };
}

/** The answer as axios wants it: text, which it parses itself. A refusal is thrown by `exchange` and comes out unchanged. */
async function send({ method = 'get', url = '', headers = {} }: Asked, { exchange }: Transport) {
  if (method.toLowerCase() !== 'get') throw new AppError('internal', 'Pipedrive is only ever read');
  const response = await exchange({ method: 'GET', url, headers: textsOf(headers) });
  return {
    data: new TextDecoder().decode(response.body),
    status: response.status,
    statusText: '',
    headers: { ...response.headers },
    config: { headers },
  };
}

function textsOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
