// Every table, by noun. `npm run migrations` turns a change here into a new file below migrations/.
export * from './schema/delivery.ts';
export * from './schema/examples.ts';
export * from './schema/leaks.ts';
export * from './schema/messages.ts';
export * from './schema/people.ts';
export * from './schema/questions.ts';
export * from './schema/runs.ts';
export * from './schema/versions.ts';
