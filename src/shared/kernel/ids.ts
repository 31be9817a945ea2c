/** Keys of Vario's own rows, branded so that one kind cannot stand for another. Vendors' ids stay text. */
declare const customerIdBrand: unique symbol;
declare const sourceIdBrand: unique symbol;

/** A customer of the founder's company, as Vario knows it: one row may stand for several vendors' records. */
export type CustomerId = number & { readonly [customerIdBrand]: true };

/** A configured connection to a vendor. */
export type SourceId = number & { readonly [sourceIdBrand]: true };
