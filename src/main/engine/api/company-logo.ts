/** The company's picture, for printed reports: kept as it was chosen, apart from the settings that every page reads. */
import { LogoSchema, type Logo } from '../../../shared/contract/workspace.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

const NAME = 'companyLogo';

export function readLogo(db: ReadDb): Logo {
  const row = db.first(db.build.selectFrom('setting').select('value').where('name', '=', NAME));
  return row === undefined ? { picture: null } : LogoSchema.parse(JSON.parse(row.value));
}

/** Keeps a picture, or with null takes it away. */
export function writeLogo(db: WriteDb, logo: Logo): Logo {
  const row = { value: JSON.stringify(logo) };
  db.run(
    db.build
      .insertInto('setting')
      .values({ name: NAME, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row)),
  );
  return logo;
}
