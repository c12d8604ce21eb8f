import { defineConfig } from 'prisma/config';

// The program never reads a URL from here: openStore is given one, and applies migrations itself.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
