/** Where a sign-in by script leads to; `home` of proxy.ts is for the others. */
export const HOME = '/dashboard'
