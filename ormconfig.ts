/**
 * TypeORM's command line finds the database here:
 *   npx typeorm migration:show -d dist/ormconfig.js      (run `npm run build` first)
 * The service itself and `xinfu migrate` open it through src/platform/db/database.ts. Entities are left out on
 * purpose: tables come from migrations, and TypeORM's schema diff would drop every CHECK.
 */
import 'reflect-metadata';
import { migrations } from './migrations';
import { prepare } from './src/platform/db/data-source';

const url = process.env.DATABASE_URL ?? 'sqlite:data/xinfu.db';

export default prepare({ url, entities: [], migrations }).dataSource;
