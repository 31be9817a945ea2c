/**
 * Texts that Stripe's kept records resemble: they prime the compression, so
 * that a record of two kilobytes is stored in some three hundred bytes. A
 * stored record names its generation by position: texts are only ever added.
 */
export const dictionaries: Readonly<Record<DictionaryName, readonly string[]>> = {
  price: [
    '{"id":"price_1","object":"price","active":true,"billing_scheme":"per_unit","currency":"usd","metadat' +
      'a":{},"nickname":","product":"prod_1","recurring":{"interval":"year","interval_count":1,"usage_type"' +
      ':"licensed"},"tax_behavior":"unspecified","tiers":null,"tiers_mode":null,"transform_quantity":null,"' +
      'unit_amount":1900,"unit_amount_decimal":"439200"}',
  ],
  customer: [
    '{"id":"cus_1","object":"customer","address":{"country":"CA"},"balance":0,"created":17,"currency":"us' +
      'd","delinquent":false,"description":","discount":null,"email":"@.com","metadata":{},"name":","tax":n' +
      'ull}',
  ],
  subscription: [
    '{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":false,"canceled_at":17' +
      ',"cancellation_details":{"comment":null,"feedback":"customer_service","reason":"cancellation_request' +
      'ed"},"collection_method":"charge_automatically","created":17,"currency":"eur","current_period_start"' +
      ':null,"current_period_end":null,"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts' +
      '":[],"ended_at":17,"items":{"data":[{"id":"si_1","current_period_start":17,"current_period_end":17,"' +
      'current_trial":null,"discounts":[],"plan":{"id":"price_1","object":"plan","active":true,"amount":nul' +
      'l,"amount_decimal":null,"billing_scheme":"tiered","currency":"eur","interval":"year","interval_count' +
      '":1,"metadata":{},"nickname":","product":"prod_1","tiers":null,"tiers_mode":"graduated","transform_u' +
      'sage":null,"usage_type":"licensed"},"price":{"id":"price_1","object":"price","active":true,"billing_' +
      'scheme":"tiered","currency":"eur","metadata":{},"nickname":","product":"prod_1","recurring":{"interv' +
      'al":"year","interval_count":1,"usage_type":"licensed"},"tax_behavior":"unspecified","tiers":[{"up_to' +
      '":10,"unit_amount":0,"unit_amount_decimal":"0","flat_amount":1900,"flat_amount_decimal":"199000"},{"' +
      'up_to":50,"unit_amount":1900,"unit_amount_decimal":"15000","flat_amount":null,"flat_amount_decimal":' +
      'null},{"up_to":null,"unit_amount":1900,"unit_amount_decimal":"12000","flat_amount":null,"flat_amount' +
      '_decimal":null}],"tiers_mode":"graduated","transform_quantity":null,"unit_amount":null,"unit_amount_' +
      'decimal":null},"quantity":21,"quantity_decimal":null,"tax_rates":[]}],"has_more":false},"metadata":{' +
      '},"pause_collection":null,"start_date":17,"status":"canceled","status_details":null,"trial_end":17,"' +
      'trial_start":17}{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":false,' +
      '"canceled_at":null,"cancellation_details":{"comment":null,"feedback":null,"reason":null},"collection' +
      '_method":"charge_automatically","created":17,"currency":"usd","current_period_start":null,"current_p' +
      'eriod_end":null,"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts":[{"id":"di_1",' +
      '"object":"discount","source":{"coupon":{"id":"friends-100","object":"coupon","amount_off":null,"appl' +
      'ies_to":null,"currency":null,"duration":"forever","duration_in_months":null,"name":","percent_off":1' +
      '900}},"start":17,"end":null,"promotion_code":null}],"ended_at":null,"items":{"data":[{"id":"si_1","c' +
      'urrent_period_start":17,"current_period_end":17,"current_trial":null,"discounts":[],"plan":{"id":"pr' +
      'ice_1","object":"plan","active":true,"amount":1900,"amount_decimal":"4900","billing_scheme":"per_uni' +
      't","currency":"usd","interval":"month","interval_count":1,"metadata":{},"nickname":","product":"prod' +
      '_1","tiers":null,"tiers_mode":null,"transform_usage":null,"usage_type":"licensed"},"price":{"id":"pr' +
      'ice_1","object":"price","active":true,"billing_scheme":"per_unit","currency":"usd","metadata":{},"ni' +
      'ckname":","product":"prod_1","recurring":{"interval":"month","interval_count":1,"usage_type":"licens' +
      'ed"},"tax_behavior":"unspecified","tiers":null,"tiers_mode":null,"transform_quantity":null,"unit_amo' +
      'unt":1900,"unit_amount_decimal":"4900"},"quantity":1,"quantity_decimal":null,"tax_rates":[]}],"has_m' +
      'ore":false},"metadata":{},"pause_collection":null,"start_date":17,"status":"active","status_details"' +
      ':null,"trial_end":null,"trial_start":null}',
  ],
  event: [
    '{"id":"evt_1","object":"event","created":17,"type":"customer.subscription.updated","data":{"object":' +
      '{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":false,"canceled_at":nu' +
      'll,"cancellation_details":{"comment":null,"feedback":null,"reason":null},"collection_method":"charge' +
      '_automatically","created":17,"currency":"usd","current_period_start":null,"current_period_end":null,' +
      '"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts":[],"ended_at":null,"items":{"d' +
      'ata":[{"id":"si_1","current_period_start":17,"current_period_end":17,"current_trial":null,"discounts' +
      '":[],"plan":{"id":"price_1","object":"plan","active":true,"amount":null,"amount_decimal":null,"billi' +
      'ng_scheme":"tiered","currency":"usd","interval":"month","interval_count":1,"metadata":{},"nickname":' +
      '","product":"prod_1","tiers":null,"tiers_mode":"graduated","transform_usage":null,"usage_type":"lice' +
      'nsed"},"price":{"id":"price_1","object":"price","active":true,"billing_scheme":"tiered","currency":"' +
      'usd","metadata":{},"nickname":","product":"prod_1","recurring":{"interval":"month","interval_count":' +
      '1,"usage_type":"licensed"},"tax_behavior":"unspecified","tiers":[{"up_to":10,"unit_amount":0,"unit_a' +
      'mount_decimal":"0","flat_amount":1900,"flat_amount_decimal":"19900"},{"up_to":50,"unit_amount":1900,' +
      '"unit_amount_decimal":"1500","flat_amount":null,"flat_amount_decimal":null},{"up_to":null,"unit_amou' +
      'nt":1900,"unit_amount_decimal":"1200","flat_amount":null,"flat_amount_decimal":null}],"tiers_mode":"' +
      'graduated","transform_quantity":null,"unit_amount":null,"unit_amount_decimal":null},"quantity":14,"q' +
      'uantity_decimal":null,"tax_rates":[]}],"has_more":false},"metadata":{},"pause_collection":null,"star' +
      't_date":17,"status":"active","status_details":null,"trial_end":17,"trial_start":17}}}{"id":"evt_1","' +
      'object":"event","created":17,"type":"customer.subscription.updated","data":{"object":{"id":"sub_1","' +
      'object":"subscription","cancel_at":null,"cancel_at_period_end":false,"canceled_at":null,"cancellatio' +
      'n_details":{"comment":null,"feedback":null,"reason":null},"collection_method":"charge_automatically"' +
      ',"created":17,"currency":"usd","current_period_start":null,"current_period_end":null,"customer":"cus' +
      '_1","default_tax_rates":[],"discount":null,"discounts":[{"id":"di_1","object":"discount","source":{"' +
      'coupon":{"id":"founding-20","object":"coupon","amount_off":null,"applies_to":null,"currency":null,"d' +
      'uration":"forever","duration_in_months":null,"name":","percent_off":20}},"start":17,"end":null,"prom' +
      'otion_code":"promo_1"}],"ended_at":null,"items":{"data":[{"id":"si_1","current_period_start":17,"cur' +
      'rent_period_end":17,"current_trial":null,"discounts":[],"plan":{"id":"price_1","object":"plan","acti' +
      've":true,"amount":1900,"amount_decimal":"4900","billing_scheme":"per_unit","currency":"usd","interva' +
      'l":"month","interval_count":1,"metadata":{},"nickname":","product":"prod_1","tiers":null,"tiers_mode' +
      '":null,"transform_usage":null,"usage_type":"licensed"},"price":{"id":"price_1","object":"price","act' +
      'ive":true,"billing_scheme":"per_unit","currency":"usd","metadata":{},"nickname":","product":"prod_1"' +
      ',"recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"},"tax_behavior":"unspeci' +
      'fied","tiers":null,"tiers_mode":null,"transform_quantity":null,"unit_amount":1900,"unit_amount_decim' +
      'al":"4900"},"quantity":1,"quantity_decimal":null,"tax_rates":[]}],"has_more":false},"metadata":{},"p' +
      'ause_collection":null,"start_date":17,"status":"active","status_details":null,"trial_end":null,"tria' +
      'l_start":null}}}',
  ],
  invoice: [
    '{"id":"in_1","object":"invoice","amount_due":0,"amount_paid":0,"amount_remaining":0,"attempt_count":' +
      '0,"billing_reason":"subscription_create","charge":null,"collection_method":"charge_automatically","c' +
      'reated":17,"currency":"usd","customer":"cus_1","due_date":null,"ending_balance":0,"lines":{"data":[{' +
      '"id":"il_1","amount":0,"description":","discount_amounts":[],"parent":{"type":"subscription_item_det' +
      'ails","invoice_item_details":null,"subscription_item_details":{"proration":false,"subscription":"sub' +
      '_1","subscription_item":"si_1"}},"period":{"start":17,"end":17},"plan":null,"price":null,"pricing":{' +
      '"price_details":{"price":"price_1","product":"prod_1"}},"proration":null,"quantity":1,"quantity_deci' +
      'mal":"1","subscription":"sub_1","subscription_item":null,"tax_amounts":null,"taxes":[],"type":null}]' +
      ',"has_more":false},"next_payment_attempt":null,"number":"-0001","parent":{"subscription_details":{"s' +
      'ubscription":"sub_1"}},"payment_intent":null,"period_end":17,"period_start":17,"starting_balance":0,' +
      '"status":"paid","status_transitions":{"finalized_at":17,"marked_uncollectible_at":null,"paid_at":17,' +
      '"voided_at":null},"subscription":null,"subtotal":0,"tax":null,"total":0,"total_discount_amounts":[],' +
      '"total_tax_amounts":null,"total_taxes":[]}{"id":"in_1","object":"invoice","amount_due":1900,"amount_' +
      'paid":1900,"amount_remaining":0,"attempt_count":1,"billing_reason":"subscription_cycle","charge":nul' +
      'l,"collection_method":"charge_automatically","created":17,"currency":"usd","customer":"cus_1","due_d' +
      'ate":null,"ending_balance":0,"lines":{"data":[{"id":"il_1","amount":1900,"description":","discount_a' +
      'mounts":[],"parent":{"type":"subscription_item_details","invoice_item_details":null,"subscription_it' +
      'em_details":{"proration":false,"subscription":"sub_1","subscription_item":"si_1"}},"period":{"start"' +
      ':17,"end":17},"plan":null,"price":null,"pricing":{"price_details":{"price":"price_1","product":"prod' +
      '_1"}},"proration":null,"quantity":1,"quantity_decimal":"1","subscription":"sub_1","subscription_item' +
      '":null,"tax_amounts":null,"taxes":[],"type":null}],"has_more":false},"next_payment_attempt":null,"nu' +
      'mber":"-0001","parent":{"subscription_details":{"subscription":"sub_1"}},"payment_intent":null,"peri' +
      'od_end":17,"period_start":17,"starting_balance":0,"status":"paid","status_transitions":{"finalized_a' +
      't":17,"marked_uncollectible_at":null,"paid_at":17,"voided_at":null},"subscription":null,"subtotal":1' +
      '900,"tax":null,"total":1900,"total_discount_amounts":[],"total_tax_amounts":null,"total_taxes":[]}',
  ],
  charge: [
    '{"id":"ch_1","object":"charge","amount":1900,"amount_refunded":0,"balance_transaction":"txn_1","crea' +
      'ted":17,"currency":"usd","customer":"cus_1","failure_code":null,"failure_message":null,"invoice":nul' +
      'l,"payment_intent":"pi_1","status":"succeeded"}',
  ],
  invoicePayment: [
    '{"id":"inpay_1","object":"invoice_payment","amount_paid":1900,"created":17,"currency":"usd","invoice' +
      '":"in_1","payment":{"charge":null,"payment_intent":"pi_1"},"status":"paid"}',
  ],
  balanceTransaction: [
    '{"id":"txn_1","object":"balance_transaction","amount":1900,"available_on":17,"created":17,"currency"' +
      ':"usd","fee":1900,"net":1900,"reporting_category":"charge","source":"ch_1","type":"charge"}',
  ],
};

type DictionaryName =
  | 'price'
  | 'customer'
  | 'subscription'
  | 'event'
  | 'invoice'
  | 'charge'
  | 'invoicePayment'
  | 'balanceTransaction';
