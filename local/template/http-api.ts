/**
 * The HTTP API of a deployment: its routes lead through their integrations to functions,
 * which must have given API Gateway leave to call them. A function that fails is answered
 * for as API Gateway does, with a bare 500.
 */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { FrontRoutes, HttpHandler } from '../front-door.ts';
import { arnOfRoute } from './addresses.ts';
import type { Deployed, Deployment } from './deployment.ts';
import type { LambdaFunction } from './lambda-function.ts';

export interface HttpApiParts {
  readonly deployment: Deployment;
  /** Of a logical name. */
  readonly functionOf: (id: string) => LambdaFunction;
  readonly onFailure: (what: string) => void;
}

export const httpApi = ({ deployment, functionOf, onFailure }: HttpApiParts): FrontRoutes => {
  const [api, ...more] = deployment.all('AWS::ApiGatewayV2::Api');
  if (api === undefined || more.length > 0) throw new Error('a deployment has one HTTP API');
  const staged = deployment.all('AWS::ApiGatewayV2::Stage').some(({ properties }) => properties.ApiId === api.name);
  if (!staged) throw new Error(`the API ${api.id} has no stage, so nobody reaches it`);

  const handlers = deployment.all('AWS::ApiGatewayV2::Route').map(({ properties: { RouteKey, Target } }) => {
    const integration = deployment.by('AWS::ApiGatewayV2::Integration', 'Ref', Target.slice('integrations/'.length));
    const target = deployment.by('AWS::Lambda::Function', 'Arn', integration.properties.IntegrationUri);
    const handler: HttpHandler = async (event) => {
      try {
        if (!mayBeCalled(deployment, target, arnOfRoute(api.name, RouteKey)))
          throw new Error(`${target.id} gave API Gateway no leave to call it for ${RouteKey}`);
        return readable(await functionOf(target.id).invoke(event, RouteKey));
      } catch (error) {
        onFailure(`${RouteKey}: ${String(error)}`);
        return message(500, 'Internal Server Error');
      }
    };
    return { RouteKey, handler };
  });
  return {
    routes: handlers.flatMap(({ RouteKey, handler }) => {
      const [method = '', path] = RouteKey.split(' ');
      return path === undefined ? [] : [{ method, path, handler }];
    }),
    rest:
      handlers.find(({ RouteKey }) => RouteKey === '$default')?.handler ??
      (() => Promise.resolve(message(404, 'Not Found'))),
  };
};

const message = (statusCode: number, text: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: text }),
});

/** A pattern of a permission stands for any text where it has a star. */
const mayBeCalled = (deployment: Deployment, target: Deployed<'AWS::Lambda::Function'>, caller: string): boolean =>
  deployment.all('AWS::Lambda::Permission').some(({ properties: { FunctionName, SourceArn } }) => {
    const pattern = SourceArn.split('*')
      .map((part) => RegExp.escape(part))
      .join('.*');
    const names = [target.attributes['Arn'], target.attributes['Ref']];
    return names.includes(FunctionName) && new RegExp(`^${pattern}$`).test(caller);
  });

/** Answers that leave the status to API Gateway's guess are none of ours. */
const readable = (answer: unknown): APIGatewayProxyStructuredResultV2 => {
  const { statusCode } = (answer ?? {}) as APIGatewayProxyStructuredResultV2;
  if (statusCode === undefined) throw new Error('a function answered a request without a status');
  return answer as APIGatewayProxyStructuredResultV2;
};
