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
    '{"id":"cus_1","object":"customer","address":{"country":"US"},"balance":0,"created":17,"currency":"us' +
      'd","delinquent":false,"description":","discount":null,"email":"@.com","metadata":{},"name":","tax":n' +
      'ull}',
  ],
  subscription: [
    '{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":false,"canceled_at":17' +
      ',"cancellation_details":{"comment":null,"feedback":"switched_service","reason":"cancellation_request' +
      'ed"},"collection_method":"charge_automatically","created":17,"currency":"usd","current_period_start"' +
      ':null,"current_period_end":null,"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts' +
      '":[],"ended_at":17,"items":{"data":[{"id":"si_1","current_period_start":17,"current_period_end":17,"' +
      'current_trial":null,"discounts":[],"plan":null,"price":{"id":"price_1","object":"price","active":tru' +
      'e,"billing_scheme":"per_unit","currency":"usd","metadata":{},"nickname":","product":"prod_1","recurr' +
      'ing":{"interval":"year","interval_count":1,"usage_type":"licensed"},"tax_behavior":"unspecified","ti' +
      'ers":null,"tiers_mode":null,"transform_quantity":null,"unit_amount":1900,"unit_amount_decimal":"4392' +
      '00"},"quantity":1,"quantity_decimal":null,"tax_rates":[]}],"has_more":false},"metadata":{},"pause_co' +
      'llection":null,"start_date":17,"status":"canceled","status_details":null,"trial_end":null,"trial_sta' +
      'rt":null}{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":false,"cancel' +
      'ed_at":null,"cancellation_details":{"comment":null,"feedback":null,"reason":null},"collection_method' +
      '":"charge_automatically","created":17,"currency":"eur","current_period_start":null,"current_period_e' +
      'nd":null,"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts":[{"id":"di_1","object' +
      '":"discount","source":{"coupon":{"id":"founding-20","object":"coupon","amount_off":null,"applies_to"' +
      ':null,"currency":null,"duration":"forever","duration_in_months":null,"name":","percent_off":20}},"st' +
      'art":17,"end":null,"promotion_code":"promo_1"}],"ended_at":null,"items":{"data":[{"id":"si_1","curre' +
      'nt_period_start":17,"current_period_end":17,"current_trial":null,"discounts":[],"plan":null,"price":' +
      '{"id":"price_1","object":"price","active":true,"billing_scheme":"per_unit","currency":"eur","metadat' +
      'a":{},"nickname":","product":"prod_1","recurring":{"interval":"month","interval_count":1,"usage_type' +
      '":"licensed"},"tax_behavior":"unspecified","tiers":null,"tiers_mode":null,"transform_quantity":null,' +
      '"unit_amount":1900,"unit_amount_decimal":"4900"},"quantity":1,"quantity_decimal":null,"tax_rates":[]' +
      '}],"has_more":false},"metadata":{},"pause_collection":null,"start_date":17,"status":"active","status' +
      '_details":null,"trial_end":null,"trial_start":null}',
  ],
  event: [
    '{"id":"evt_1","object":"event","created":17,"type":"customer.subscription.updated","data":{"object":' +
      '{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":false,"canceled_at":nu' +
      'll,"cancellation_details":{"comment":null,"feedback":null,"reason":null},"collection_method":"charge' +
      '_automatically","created":17,"currency":"eur","current_period_start":null,"current_period_end":null,' +
      '"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts":[],"ended_at":null,"items":{"d' +
      'ata":[{"id":"si_1","current_period_start":17,"current_period_end":17,"current_trial":null,"discounts' +
      '":[],"plan":null,"price":{"id":"price_1","object":"price","active":true,"billing_scheme":"tiered","c' +
      'urrency":"eur","metadata":{},"nickname":","product":"prod_1","recurring":{"interval":"month","interv' +
      'al_count":1,"usage_type":"licensed"},"tax_behavior":"unspecified","tiers":[{"up_to":10,"unit_amount"' +
      ':0,"unit_amount_decimal":"0","flat_amount":1900,"flat_amount_decimal":"19900"},{"up_to":50,"unit_amo' +
      'unt":1900,"unit_amount_decimal":"1500","flat_amount":null,"flat_amount_decimal":null},{"up_to":null,' +
      '"unit_amount":1900,"unit_amount_decimal":"1200","flat_amount":null,"flat_amount_decimal":null}],"tie' +
      'rs_mode":"graduated","transform_quantity":null,"unit_amount":null,"unit_amount_decimal":null},"quant' +
      'ity":20,"quantity_decimal":null,"tax_rates":[]},{"id":"si_1","current_period_start":17,"current_peri' +
      'od_end":17,"current_trial":null,"discounts":[],"plan":null,"price":{"id":"price_1","object":"price",' +
      '"active":true,"billing_scheme":"per_unit","currency":"eur","metadata":{},"nickname":","product":"pro' +
      'd_1","recurring":{"interval":"month","interval_count":1,"usage_type":"metered"},"tax_behavior":"unsp' +
      'ecified","tiers":null,"tiers_mode":null,"transform_quantity":null,"unit_amount":null,"unit_amount_de' +
      'cimal":"0.2"},"quantity":null,"quantity_decimal":null,"tax_rates":[]}],"has_more":false},"metadata":' +
      '{},"pause_collection":null,"start_date":17,"status":"active","status_details":null,"trial_end":null,' +
      '"trial_start":null}}}{"id":"evt_1","object":"event","created":17,"type":"customer.subscription.updat' +
      'ed","data":{"object":{"id":"sub_1","object":"subscription","cancel_at":null,"cancel_at_period_end":f' +
      'alse,"canceled_at":null,"cancellation_details":{"comment":null,"feedback":null,"reason":null},"colle' +
      'ction_method":"charge_automatically","created":17,"currency":"usd","current_period_start":null,"curr' +
      'ent_period_end":null,"customer":"cus_1","default_tax_rates":[],"discount":null,"discounts":[{"id":"d' +
      'i_1","object":"discount","source":{"coupon":{"id":"founding-20","object":"coupon","amount_off":null,' +
      '"applies_to":null,"currency":null,"duration":"forever","duration_in_months":null,"name":","percent_o' +
      'ff":20}},"start":17,"end":null,"promotion_code":"promo_1"}],"ended_at":null,"items":{"data":[{"id":"' +
      'si_1","current_period_start":17,"current_period_end":17,"current_trial":null,"discounts":[],"plan":n' +
      'ull,"price":{"id":"price_1","object":"price","active":true,"billing_scheme":"per_unit","currency":"u' +
      'sd","metadata":{},"nickname":","product":"prod_1","recurring":{"interval":"month","interval_count":1' +
      ',"usage_type":"licensed"},"tax_behavior":"unspecified","tiers":null,"tiers_mode":null,"transform_qua' +
      'ntity":null,"unit_amount":1900,"unit_amount_decimal":"4900"},"quantity":1,"quantity_decimal":null,"t' +
      'ax_rates":[]}],"has_more":false},"metadata":{},"pause_collection":null,"start_date":17,"status":"act' +
      'ive","status_details":null,"trial_end":null,"trial_start":null}}}',
  ],
  invoice: [
    '{"id":"in_1","object":"invoice","amount_due":1900,"amount_paid":1900,"amount_remaining":0,"attempt_c' +
      'ount":1,"billing_reason":"subscription_cycle","charge":null,"collection_method":"charge_automaticall' +
      'y","created":17,"currency":"eur","customer":"cus_1","due_date":null,"ending_balance":0,"lines":{"dat' +
      'a":[{"id":"il_1","amount":1900,"description":","discount_amounts":[],"parent":{"type":"subscription_' +
      'item_details","invoice_item_details":null,"subscription_item_details":{"proration":false,"subscripti' +
      'on":"sub_1","subscription_item":"si_1"}},"period":{"start":17,"end":17},"plan":null,"price":null,"pr' +
      'icing":{"price_details":{"price":"price_1","product":"prod_1"}},"proration":null,"quantity":1,"quant' +
      'ity_decimal":"1","subscription":"sub_1","subscription_item":null,"tax_amounts":null,"taxes":[],"type' +
      '":null},{"id":"il_1","amount":1900,"description":","discount_amounts":[],"parent":{"type":"subscript' +
      'ion_item_details","invoice_item_details":null,"subscription_item_details":{"proration":false,"subscr' +
      'iption":"sub_1","subscription_item":"si_1"}},"period":{"start":17,"end":17},"plan":null,"price":null' +
      ',"pricing":{"price_details":{"price":"price_1","product":"prod_1"}},"proration":null,"quantity":4,"q' +
      'uantity_decimal":"4","subscription":"sub_1","subscription_item":null,"tax_amounts":null,"taxes":[],"' +
      'type":null}],"has_more":false},"next_payment_attempt":null,"number":"-0001","parent":{"subscription_' +
      'details":{"subscription":"sub_1"}},"payment_intent":null,"period_end":17,"period_start":17,"starting' +
      '_balance":0,"status":"paid","status_transitions":{"finalized_at":17,"marked_uncollectible_at":null,"' +
      'paid_at":17,"voided_at":null},"subscription":null,"subtotal":1900,"tax":null,"total":1900,"total_dis' +
      'count_amounts":[],"total_tax_amounts":null,"total_taxes":[]}{"id":"in_1","object":"invoice","amount_' +
      'due":1900,"amount_paid":1900,"amount_remaining":0,"attempt_count":1,"billing_reason":"subscription_c' +
      'ycle","charge":null,"collection_method":"charge_automatically","created":17,"currency":"usd","custom' +
      'er":"cus_1","due_date":null,"ending_balance":0,"lines":{"data":[{"id":"il_1","amount":1900,"descript' +
      'ion":","discount_amounts":[],"parent":{"type":"subscription_item_details","invoice_item_details":nul' +
      'l,"subscription_item_details":{"proration":false,"subscription":"sub_1","subscription_item":"si_1"}}' +
      ',"period":{"start":17,"end":17},"plan":null,"price":null,"pricing":{"price_details":{"price":"price_' +
      '1","product":"prod_1"}},"proration":null,"quantity":1,"quantity_decimal":"1","subscription":"sub_1",' +
      '"subscription_item":null,"tax_amounts":null,"taxes":[],"type":null}],"has_more":false},"next_payment' +
      '_attempt":null,"number":"-0001","parent":{"subscription_details":{"subscription":"sub_1"}},"payment_' +
      'intent":null,"period_end":17,"period_start":17,"starting_balance":0,"status":"paid","status_transiti' +
      'ons":{"finalized_at":17,"marked_uncollectible_at":null,"paid_at":17,"voided_at":null},"subscription"' +
      ':null,"subtotal":1900,"tax":null,"total":1900,"total_discount_amounts":[],"total_tax_amounts":null,"' +
      'total_taxes":[]}',
    // What differs from one to the next comes first, what all have in common last.
    '"status":"draft""status":"uncollectible""status":"void""collection_method":"send_invoice""billing_re' +
      'ason":"manual""billing_reason":"subscription_threshold""billing_reason":"subscription_update","type"' +
      ':"invoice_item_details","invoice_item_details":{"proration":true,"subscription":"sub_1","subscriptio' +
      'n_item":"si_1"},"subscription_item_details":null},"description":"Remaining time on after "descriptio' +
      'n":"Unused time on 1 × after "discount_amounts":[{"amount":0,"discount":"di_1"}],"taxes":[{"amount":' +
      ',"tax_behavior":"inclusive"}],"taxes":[{"amount":,"tax_behavior":"exclusive"}],"total_taxes":[{"amou' +
      'nt":,"tax_behavior":"exclusive"}]},"paid_at":null,"status":"open","attempt_count":2,"next_payment_at' +
      'tempt":17,"due_date":17,"currency":"gbp","currency":"eur","billing_reason":"subscription_create","to' +
      'tal_discount_amounts":[{"amount":0,"discount":"di_1{"id":"in_1","object":"invoice","amount_due":1900' +
      ',"amount_paid":1900,"amount_remaining":0,"attempt_count":1,"billing_reason":"subscription_cycle","ch' +
      'arge":null,"collection_method":"charge_automatically","created":17,"currency":"usd","customer":"cus_' +
      '1","due_date":null,"ending_balance":0,"lines":{"data":[{"id":"il_1","amount":1900,"description":"1 ×' +
      ' (at $.00 / month)","discount_amounts":[],"parent":{"type":"subscription_item_details","invoice_item' +
      '_details":null,"subscription_item_details":{"proration":false,"subscription":"sub_1","subscription_i' +
      'tem":"si_1"}},"period":{"start":17,"end":17},"plan":null,"price":null,"pricing":{"price_details":{"p' +
      'rice":"price_1","product":"prod_1"}},"proration":null,"quantity":1,"quantity_decimal":"1","subscript' +
      'ion":"sub_1","subscription_item":null,"tax_amounts":null,"taxes":[],"type":null}],"has_more":false},' +
      '"next_payment_attempt":null,"number":"-0001","parent":{"subscription_details":{"subscription":"sub_1' +
      '"}},"payment_intent":null,"period_end":17,"period_start":17,"starting_balance":0,"status":"paid","st' +
      'atus_transitions":{"finalized_at":17,"marked_uncollectible_at":null,"paid_at":17,"voided_at":null},"' +
      'subscription":null,"subtotal":1900,"tax":null,"total":1900,"total_discount_amounts":[],"total_tax_am' +
      'ounts":null,"total_taxes":[]}',
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
