/**
 * The event-source mappings of a deployment. A mapping that AWS would not take, since
 * its queue hands a message out again while its function may still work on it, is not
 * taken here.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from './deployment.ts';
import { type EventSource, eventSource } from './event-source.ts';
import type { StackFunctions } from './stack-functions.ts';

export interface StackSourceParts {
  readonly deployment: Deployment;
  readonly functions: StackFunctions;
  /** A client that asks in the name of the function of this logical name. */
  readonly clientFor: (id: string) => SQSClient;
  readonly onFailure: (what: string) => void;
}

/** What a queue is given where its template says nothing. */
const visibilitySeconds = 30;

export const stackSources = ({
  deployment,
  functions,
  clientFor,
  onFailure,
}: StackSourceParts): readonly EventSource[] =>
  deployment.all('AWS::Lambda::EventSourceMapping').map(({ id, properties }) => {
    const queue = deployment.by('AWS::SQS::Queue', 'Arn', properties.EventSourceArn);
    const target = deployment.by('AWS::Lambda::Function', 'Ref', properties.FunctionName);
    const { VisibilityTimeout = visibilitySeconds } = queue.properties;
    if (VisibilityTimeout < target.properties.Timeout)
      throw new Error(
        `${id}: the visibility timeout of ${queue.id}, ${VisibilityTimeout} s, is less than that of ${target.id}`,
      );
    return eventSource({
      client: clientFor(target.id),
      queue: { url: queue.attributes['Ref'] ?? '', arn: queue.attributes['Arn'] ?? '', name: queue.name },
      target: functions.of(target.id),
      batchSize: properties.BatchSize,
      reportsFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      onFailure,
    });
  });
