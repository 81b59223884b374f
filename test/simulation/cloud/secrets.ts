/** What only a deployment knows, the same in every simulated life. */
export const secrets = {
  apiKeyPepper: 'pepper of a simulation',
  payLinkSecret: 'pay links of a simulation',
  webhookSecret: 'whsec_simulation',
  publicUrl: 'https://billing.example',
} as const;
