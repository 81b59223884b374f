/**
 * Runs the mailbox as a program: `node local/ses/serve.ts --data mail.jsonl --port 8005`. Without `--data` mails live
 * in memory; without `--port` a free one is taken. The first line printed ends in the endpoint's URL.
 */
import { parseArgs } from 'node:util';
import { serveSes } from './serve-ses.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '0' } } });
const server = await serveSes({ port: Number(values.port), ...(values.data !== undefined && { file: values.data }) });
console.log(`SES listening on ${server.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
