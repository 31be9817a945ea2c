/** Writes products, prices and coupons. */
import type { Coupon, Price, Product } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';
import type { DirtyMarks } from './dirty-customer.ts';
import { bit, upsert } from './upsert.ts';

export interface CatalogueWriter {
  product(product: Product): void;
  price(price: Price): void;
  coupon(coupon: Coupon): void;
  retireProduct(id: string): void;
  retirePrice(id: string): void;
}

export function catalogueWriter(db: WriteDb, sourceId: number, dirty: DirtyMarks): CatalogueWriter {
  const product = upsert(db, 'product', ['source_id', 'id'], ['source_id', 'id', 'name', 'active', 'metadata']);
  const price = upsert(
    db,
    'price',
    ['source_id', 'id'],
    ['source_id', 'id', 'product_id', 'nickname', 'currency', 'body'],
  );
  const coupon = upsert(db, 'coupon', ['source_id', 'id'], ['source_id', 'id', 'body']);
  const retireProduct = db.prepareWrite<[number, string]>(
    'UPDATE product SET active = 0 WHERE source_id = ? AND id = ?',
  );
  const retirePrice = db.prepareWrite<[number, string]>(
    `UPDATE price SET body = json_set(body, '$.active', json('false')) WHERE source_id = ? AND id = ?`,
  );
  return {
    product: ({ id, name, active, metadata }) =>
      void product.run(sourceId, id, name, bit(active), JSON.stringify(metadata)),
    price(value) {
      price.run(sourceId, value.id, value.productId, value.nickname, value.currency, JSON.stringify(value));
      dirty.ofPrice(value.id);
    },
    coupon: (value) => void coupon.run(sourceId, value.id, JSON.stringify(value)),
    retireProduct: (id) => void retireProduct.run(sourceId, id),
    retirePrice: (id) => void retirePrice.run(sourceId, id),
  };
}
