/**
 * Stands in bundles where the SDK keeps its search for credentials in files, browsers
 * and other services. A Lambda has its role's credentials in its environment, and our
 * clients hand them over; whoever comes here was not given any.
 */
export const defaultProvider = () => (): Promise<never> =>
  Promise.reject(new Error('a function has the credentials of its role in its environment'));
