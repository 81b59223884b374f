/** The API as a Lambda. No test clock: in production nobody moves time. */
import { apiHandler } from '../api/api-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';

export const handler = apiHandler(openDeployedWorld);
