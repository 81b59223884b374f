/** Opens the port `mail`: Amazon SES. */
import { sesClient } from '../../adapters/aws-clients.ts';
import { sesMail } from '../../adapters/ses/ses-mail.ts';
import type { Mail } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openMail = ({ env }: Opening): Mail => sesMail({ client: sesClient(env) });
