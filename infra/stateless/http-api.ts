/**
 * The one address of the deployment: the flow's doors lead to their lanes' functions,
 * everything else to the API. Route keys are the flow's own `METHOD /path`, by which a
 * lane finds its step. The access log names the route and never the path, since a path
 * can hold a pay token.
 */
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { FlowFunction } from './flow-function.ts';

const perSecond = 1_000;

const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.integrationErrorMessage',
});

export const httpApi = (stack: Stack, encryptionKey: IKey): HttpApi => {
  const api = new HttpApi(stack, 'HttpApi', { apiName: 'countinghouse', createDefaultStage: false });
  const log = new LogGroup(stack, 'AccessLog', {
    retention: RetentionDays.ONE_YEAR,
    encryptionKey,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  new HttpStage(stack, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: perSecond, burstLimit: 2 * perSecond },
    accessLogSettings: { destination: new LogGroupLogDestination(log), format: AccessLogFormat.custom(accessLog) },
  });
  return api;
};

export const routes = (stack: Stack, httpApi: HttpApi, functions: readonly FlowFunction[]): void => {
  for (const { needs, handler } of functions) {
    const integration = new HttpLambdaIntegration(`${needs.name}-doors`, handler);
    if (needs.name === 'api')
      new HttpRoute(stack, 'route-default', { httpApi, integration, routeKey: HttpRouteKey.DEFAULT });
    for (const { step, on } of needs.steps) {
      for (const trigger of on) {
        if (trigger.on !== 'http') continue;
        const routeKey = HttpRouteKey.with(trigger.path, HttpMethod[trigger.method]);
        new HttpRoute(stack, `route-${step}-${trigger.method.toLowerCase()}`, { httpApi, integration, routeKey });
      }
    }
  }
};
