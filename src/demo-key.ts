// The key by which the demo and `npm run bench learn` keep rows aside. An installation draws its own; this one is fixed, so that the
// numbers can be compared, and chosen so that every topic and every author of the sample team is among the rows kept aside.

export const DEMO_KEY = Buffer.alloc(32, 64);
