/**
 * The five rule packs that both stacks are held to: AWS Solutions, Serverless, NIST
 * 800-53 r5, HIPAA, and PCI DSS 3.2.1 (there is no pack for version 4). A finding that
 * is not acknowledged stops synthesis.
 */
import { type App, CfnResource, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { type Acknowledgement, acknowledgements } from './acknowledgements.ts';

const packsFor = (app: App): readonly NagPack[] => [
  new AwsSolutionsChecks(app),
  new ServerlessChecks(app),
  new NIST80053R5Checks(app),
  new HIPAASecurityChecks(app),
  new PCIDSS321Checks(app),
];

export interface Finding {
  readonly rule: string;
  /** Path of the construct. */
  readonly on: string;
}

/** What the packs find that has not been acknowledged on the app. */
export const findingsIn = (app: App): readonly Finding[] =>
  packsFor(app).flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({ rule: ruleName, on: constructPath ?? '' })),
      ),
  );

export const covers = ({ rules, on }: Acknowledgement, finding: Finding): boolean =>
  rules.includes(finding.rule) && on.test(finding.on);

export const acknowledge = (app: App): void => {
  for (const resource of app.node.findAll().filter((each) => CfnResource.isCfnResource(each))) {
    for (const { rules, on, because } of acknowledgements) {
      if (on.test(resource.node.path)) {
        Validations.of(resource).acknowledge(...rules.map((id) => ({ id, reason: because })));
      }
    }
  }
};

/** From here on synthesis fails where a pack finds what nobody acknowledged. */
export const holdToRules = (app: App): void => {
  acknowledge(app);
  Validations.of(app).addPlugins(...packsFor(app));
};
