/**
 * The parts of the story that are told by hand: the customer above 5 % of MRR,
 * friends, pauses and unpaid accounts of these weeks, and what happened since
 * yesterday, so that the cockpit has something to say this morning.
 */
import { addMs, DAY_MS, HOUR_MS, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { monthsAfter } from './calendar.ts';
import { daysAgo, type Chapters } from './chapters.ts';
import { personaOf, type Persona } from './cast.ts';
import { add, change, endNow, openContract, renewalAfter, scheduleEnd, type Draft } from './draft.ts';
import type { CouponCard, Life, OneOff } from './life.ts';
import { callsCard, COUPONS, EUR, GBP, JPY, listCard, negotiatedCard, taxInclusiveCard, USD } from './price-list.ts';
import { COLLECTION_MS } from './self-serve-turns.ts';

interface Telling {
  readonly persona: Persona;
  readonly drafts: readonly Draft[];
  readonly channel?: Life['channel'];
  readonly customerCoupon?: CouponCard;
  readonly deletedAt?: Instant;
  readonly oneOffs?: readonly OneOff[];
}

/** @returns the scripted lives; keys are words, so that tests and the README can name them. */
export function storyLives(chapters: Chapters): Life[] {
  const { now } = chapters;
  const day = (days: number, hour: number, minute = 0): Instant => daysAgo(chapters, days, hour, minute);
  const lives: Life[] = [];
  const tell = (key: string, { persona, drafts, channel, customerCoupon, deletedAt, oneOffs }: Telling): void => {
    lives.push({
      key,
      ...persona,
      currency: drafts[0]!.contract.positions[0]!.card.currency,
      channel: channel ?? 'sales',
      joinedAt: addMs(drafts[0]!.contract.startedAt, -HOUR_MS),
      deletedAt: deletedAt ?? null,
      customerCoupon: customerCoupon ?? null,
      contracts: drafts.map(({ contract }) => contract),
      oneOffs: oneOffs ?? [],
    });
  };

  tell('meridian', {
    persona: personaOf('Meridian Freightworks', 'Ingrid', 'US'),
    drafts: [meridian(chapters)],
    oneOffs: [meridianProject(day)],
  });

  const halden = openContract({
    key: 'halden-1',
    startedAt: monthsAfter(day(9, 10, 12), -16),
    positions: [{ card: listCard('scale', USD, 'month'), quantity: 52 }],
  });
  endNow(halden, day(1, 16, 41), 'requested', 'switched_service');
  tell('halden', { persona: personaOf('Halden Robotics', 'Mattis', 'US'), drafts: [halden], channel: 'self_serve' });

  const bright = openContract({
    key: 'brightwater-1',
    startedAt: monthsAfter(day(1, 8, 5), -11),
    positions: [
      { card: negotiatedCard('brightwater', 1, USD, 'month', 240_000), quantity: 1 },
      { card: callsCard(USD), quantity: 0 },
    ],
  });
  bright.contract.callsByPeriod.push(120_000, 135_000, 150_000, 142_000, 160_000, 171_000);
  add(bright, { at: addMs(day(1, 8, 5), COLLECTION_MS), kind: 'payment_failed' });
  tell('brightwater', { persona: personaOf('Brightwater Clinics', 'Odile', 'US'), drafts: [bright] });

  const nordfjell = openContract({
    key: 'nordfjell-1',
    startedAt: monthsAfter(day(12, 9, 30), -8),
    positions: [{ card: listCard('scale', EUR, 'month'), quantity: 38 }],
  });
  change(nordfjell, day(1, 11, 20), [{ card: listCard('scale', EUR, 'month'), quantity: 72 }], 'now');
  tell('nordfjell', {
    persona: personaOf('Nordfjell Energy', 'Sunniva', 'NL'),
    drafts: [nordfjell],
    channel: 'self_serve',
  });

  const calder = openContract({
    key: 'calder-1',
    startedAt: monthsAfter(day(6, 14, 0), -20),
    positions: [
      { card: listCard('pro', GBP, 'month', 'current'), quantity: 1 },
      { card: listCard('seats', GBP, 'month'), quantity: 9 },
    ],
  });
  scheduleEnd(calder, day(0, 8, 2), renewalAfter(calder, day(0, 8, 2)), 'requested', 'too_expensive');
  tell('calder', { persona: personaOf('Calder & Finch', 'Rowena', 'GB'), drafts: [calder], channel: 'self_serve' });

  const solano = openContract({
    key: 'solano-1',
    startedAt: monthsAfter(day(2, 10, 10), -2),
    positions: [{ card: listCard('growth', USD, 'month'), quantity: 1 }],
    coupons: [COUPONS.launch],
  });
  tell('solano', { persona: personaOf('Solano Learning', 'Bea', 'US'), drafts: [solano], channel: 'self_serve' });

  const kitsune = openContract({
    key: 'kitsune-1',
    startedAt: day(13, 9, 15),
    trialEndsAt: addMs(day(13, 9, 15), 14 * DAY_MS),
    positions: [{ card: listCard('scale', JPY, 'month'), quantity: 15 }],
  });
  tell('kitsune', { persona: personaOf('Kitsune Maps', 'Yuki', 'JP'), drafts: [kitsune], channel: 'self_serve' });

  const lumen = openContract({
    key: 'lumen-1',
    startedAt: day(8, 13, 45),
    trialEndsAt: addMs(day(8, 13, 45), 14 * DAY_MS),
    positions: [{ card: listCard('pro', USD, 'month'), quantity: 1 }],
  });
  scheduleEnd(lumen, day(3, 9, 5), addMs(day(8, 13, 45), 14 * DAY_MS), 'requested', 'too_complex');
  tell('lumen', { persona: personaOf('Lumen Tickets', 'Theo', 'US'), drafts: [lumen], channel: 'self_serve' });

  const delft = openContract({
    key: 'delft-1',
    startedAt: monthsAfter(day(17, 12, 0), -9),
    positions: [
      { card: listCard('pro', EUR, 'month'), quantity: 1 },
      { card: listCard('seats', EUR, 'month'), quantity: 4 },
    ],
  });
  add(delft, { at: day(7, 10, 30), kind: 'paused' });
  tell('delft', { persona: personaOf('Delft Instruments', 'Maaike', 'NL'), drafts: [delft], channel: 'self_serve' });

  const arroyo = openContract({
    key: 'arroyo-1',
    startedAt: monthsAfter(day(20, 15, 0), -14),
    positions: [{ card: listCard('pro', USD, 'month'), quantity: 1 }],
  });
  add(arroyo, { at: day(24, 9, 0), kind: 'paused' });
  add(arroyo, { at: day(4, 9, 40), kind: 'resumed' });
  tell('arroyo', { persona: personaOf('Arroyo Outdoor', 'Dario', 'US'), drafts: [arroyo], channel: 'self_serve' });

  const tessera = openContract({
    key: 'tessera-1',
    startedAt: monthsAfter(day(26, 9, 20), -7),
    positions: [{ card: listCard('pro', USD, 'month'), quantity: 1 }],
  });
  add(tessera, { at: addMs(day(26, 9, 20), COLLECTION_MS), kind: 'payment_failed' });
  add(tessera, { at: addMs(day(26, 9, 20), COLLECTION_MS + 20 * DAY_MS), kind: 'gave_up' });
  tell('tessera', { persona: personaOf('Tessera Print', 'Otto', 'US'), drafts: [tessera], channel: 'self_serve' });

  const verdant = openContract({
    key: 'verdant-1',
    startedAt: monthsAfter(day(10, 11, 0), -18),
    positions: [{ card: taxInclusiveCard('pro', 'DE'), quantity: 1 }],
  });
  tell('verdant', { persona: personaOf('Verdant Botanics', 'Jana', 'DE'), drafts: [verdant], channel: 'self_serve' });
  const loire = openContract({
    key: 'loire-1',
    startedAt: monthsAfter(day(11, 11, 0), -13),
    positions: [{ card: taxInclusiveCard('growth', 'FR'), quantity: 1 }],
  });
  tell('loire', { persona: personaOf('Loire Pictures', 'Remi', 'FR'), drafts: [loire], channel: 'self_serve' });

  friends(chapters, tell);

  const gone = openContract({
    key: 'pelagic-1',
    startedAt: monthsAfter(day(9, 12, 0), -6),
    positions: [{ card: listCard('starter', USD, 'month'), quantity: 1 }],
  });
  endNow(gone, day(5, 12, 30), 'requested', 'unused');
  tell('pelagic', {
    persona: personaOf('Pelagic Sound', 'Mina', 'US'),
    drafts: [gone],
    channel: 'self_serve',
    deletedAt: day(2, 17, 0),
  });
  const longGone = openContract({
    key: 'ostrava-1',
    startedAt: monthsAfter(now, -22),
    positions: [{ card: listCard('starter', EUR, 'month'), quantity: 1 }],
  });
  endNow(longGone, addMs(monthsAfter(now, -14), 7 * HOUR_MS), 'requested', 'too_expensive');
  tell('ostrava', {
    persona: personaOf('Ostrava Games', 'Marek', 'ES'),
    drafts: [longGone],
    channel: 'self_serve',
    deletedAt: monthsAfter(now, -12),
  });

  return lives;
}

/** Two years with a project, above 5 % of MRR; renews in nineteen days. */
function meridian(chapters: Chapters): Draft {
  const startedAt = monthsAfter(daysAgo(chapters, -19, 10), -36 + 12);
  const draft = openContract({
    key: 'meridian-1',
    startedAt,
    positions: [{ card: negotiatedCard('meridian', 1, USD, 'year', 4_200_000), quantity: 1 }],
    paidBy: 'bank_transfer',
  });
  change(
    draft,
    renewalAfter(draft, startedAt),
    [{ card: negotiatedCard('meridian', 2, USD, 'year', 5_520_000), quantity: 1 }],
    'none',
  );
  return draft;
}

function meridianProject(day: (days: number, hour: number) => Instant): OneOff {
  const parts = [
    'Discovery',
    'Data model',
    'Importer',
    'Single sign-on',
    'Audit export',
    'Depot A',
    'Depot B',
    'Depot C',
    'Depot D',
    'Training',
    'Handover',
    'Travel',
    'Reserve',
  ];
  return { at: day(95, 13), lines: parts.map((text) => ({ text, minor: 60_000 })) };
}

function friends(chapters: Chapters, tell: (key: string, telling: Telling) => void): void {
  const names = [
    ['Open Tidal Foundation', 'Noor', 26],
    ['Kestrel Alumni Club', 'Kai', 19],
    ['Little Wren School', 'Lina', 11],
  ] as const;
  for (const [company, contact, months] of names) {
    const key = `friend-${contact.toLowerCase()}`;
    const draft = openContract({
      key: `${key}-1`,
      startedAt: addMs(monthsAfter(chapters.now, -months), 900 * SECOND_MS),
      positions: [{ card: listCard('growth', USD, 'month', 'current'), quantity: 1 }],
      coupons: [COUPONS.friends],
    });
    tell(key, { persona: personaOf(company, contact, 'US'), drafts: [draft], channel: 'friends' });
  }
  const turned = openContract({
    key: 'friend-gaia-1',
    startedAt: monthsAfter(chapters.now, -17),
    positions: [{ card: listCard('starter', GBP, 'month'), quantity: 1 }],
  });
  add(turned, {
    at: addMs(monthsAfter(chapters.now, -6), 30 * 60 * SECOND_MS),
    kind: 'discount_granted',
    coupon: COUPONS.friends,
  });
  tell('friend-gaia', { persona: personaOf('Gaia Allotments', 'Gia', 'GB'), drafts: [turned], channel: 'friends' });
}
