// For `npm run migrations`: compares src/data/schema.ts with the last migration and writes the next one; needs no database.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'postgresql', casing: 'snake_case', schema: './src/data/schema.ts', out: './migrations' });
