/** What `cdk` runs: bundles the functions and describes the deployment. */
import { bundleHandlers } from './bundles/bundle-handlers.ts';
import { countinghouse } from './countinghouse.ts';

countinghouse(await bundleHandlers()).app.synth();
