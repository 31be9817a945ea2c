/**
 * HubSpot's generated client with our transport under it. A file of its own,
 * because it is loaded only when HubSpot is asked for something.
 */
import * as associations from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js';
import * as objects from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import * as owners from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import * as pipelines from '@hubspot/api-client/lib/codegen/crm/pipelines/index.js';
import * as properties from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { HttpRequest, HttpResponse } from '../../runtime/ports.ts';

export interface Transport {
  readonly base: string;
  readonly accessToken: string;
  readonly exchange: (request: HttpRequest) => Promise<HttpResponse>;
}

interface Body {
  text(): Promise<string>;
  binary(): Promise<Buffer>;
}

/** What a request looks like to any of the generated modules. */
interface Asked {
  getHttpMethod(): string;
  getUrl(): string;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}

/** The client is generated module by module, each with classes of its own for one and the same thing. */
interface GeneratedModule<Request extends Asked, Response, Server, Library, Settings> {
  readonly ServerConfiguration: new (url: string, variables: Record<string, string>) => Server;
  readonly ResponseContext: new (status: number, headers: Record<string, string>, body: Body) => Response;
  readonly wrapHttpLibrary: (library: { send(request: Request): Promise<Response> }) => Library;
  readonly createConfiguration: (parameters: {
    baseServer: Server;
    httpApi: Library;
    authMethods: { oauth2: { accessToken: string } };
  }) => Settings;
}

/** The parts of the client that are used, all over one transport. */
export function vendorApis(transport: Transport) {
  const ofObjects = settingsOf(objects, transport);
  return {
    list: new objects.BasicApi(ofObjects),
    search: new objects.SearchApi(ofObjects),
    batch: new objects.BatchApi(ofObjects),
    links: new associations.BatchApi(settingsOf(associations, transport)),
    owners: new owners.OwnersApi(settingsOf(owners, transport)),
    pipelines: new pipelines.PipelinesApi(settingsOf(pipelines, transport)),
    properties: new properties.CoreApi(settingsOf(properties, transport)),
    FilterOperatorEnum: objects.FilterOperatorEnum,
  };
}

function settingsOf<Request extends Asked, Response, Server, Library, Settings>(
  module: GeneratedModule<Request, Response, Server, Library, Settings>,
  { base, accessToken, exchange }: Transport,
): Settings {
  return module.createConfiguration({
    baseServer: new module.ServerConfiguration(base, {}),
    httpApi: module.wrapHttpLibrary({
      async send(request) {
        const { status, headers, body } = await exchange(requestOf(request));
        const bytes = Buffer.from(body);
        return new module.ResponseContext(
          status,
          { ...headers },
          { text: async () => bytes.toString('utf8'), binary: async () => bytes },
        );
      },
    }),
    authMethods: { oauth2: { accessToken } },
  });
}

function requestOf(asked: Asked): HttpRequest {
  const body = asked.getBody();
  if (body !== undefined && typeof body !== 'string')
    throw new AppError('internal', 'HubSpot is only ever asked in JSON');
  return {
    method: asked.getHttpMethod() === 'POST' ? 'POST' : 'GET',
    url: asked.getUrl(),
    headers: asked.getHeaders(),
    ...(body === undefined ? {} : { body }),
  };
}
