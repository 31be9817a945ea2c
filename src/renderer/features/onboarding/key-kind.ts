/** What a pasted text is, by how Stripe begins its keys: said before anything is sent. https://docs.stripe.com/keys */

export interface KeyRemark {
  readonly tone: 'loss' | 'warn';
  readonly text: string;
}

/** What is wrong or odd about a pasted key, with what to do; null where it looks right, or nothing was pasted. */
export function keyRemark(pasted: string): KeyRemark | null {
  const key = pasted.trim();
  if (key === '' || key.startsWith('rk_live_')) return null;
  if (key.startsWith('pk_'))
    return {
      tone: 'loss',
      text: 'This is a publishable key: it can read nothing. Make a restricted key by the link; it begins with rk_live_.',
    };
  if (key.startsWith('whsec_'))
    return {
      tone: 'loss',
      text: 'This is the secret of a webhook, not a key. Make a restricted key by the link; it begins with rk_live_.',
    };
  if (key.startsWith('sk_'))
    return {
      tone: 'warn',
      text: 'This is a secret key: it can write and pay out. It works, but a restricted key with read permissions is enough and safer.',
    };
  if (key.startsWith('rk_test_'))
    return {
      tone: 'warn',
      text: 'This key belongs to a test account: its money is not real. The key of the live account begins with rk_live_.',
    };
  if (!key.startsWith('rk_'))
    return { tone: 'loss', text: 'This does not look like a key of Stripe: a restricted key begins with rk_live_.' };
  return null;
}
