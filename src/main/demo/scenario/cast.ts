/** Invented companies and people. Domains end in `.example`, which nobody can own (RFC 2606). */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Random } from './random.ts';

const FIRST =
  'Alder Amber Anchor Apex Arbor Argon Aspen Atlas Aurora Basalt Beacon Birch Blue Brass Bright Cedar Cinder Clear Cobalt Copper Coral ' +
  'Crest Delta Drift Dune Ember Fathom Fern Field Flint Fox Garnet Glass Granite Harbor Hazel Heron Hollow Indigo Iron Ivy Juniper ' +
  'Keel Lark Lattice Linden Lumen Maple Marble Meadow Mica Moss Nimbus North Oak Ochre Onyx Opal Orchard Osprey Peak Pebble Pine Plover ' +
  'Quarry Quill Raven Reed Ridge River Rowan Saffron Sage Salt Sable Shore Silver Slate Solstice Sparrow Spruce Stone Tern Thistle Tide ' +
  'Timber Umber Vale Verdant Violet Walnut Wharf Willow Winter Wren Yarrow Zephyr';
const SECOND =
  'Analytics Apps Bikes Books Botanics Brewing Care Cloud Clinics Coffee Commerce Compute Courier Craft Data Dental Design Desk Dynamics ' +
  'Education Energy Events Farms Finance Fleet Foods Freight Games Goods Health Homes Hotels Insights Instruments Kitchens Labs Learning ' +
  'Legal Lighting Logistics Maps Market Media Metrics Mobility Models Networks Optics Outdoor Partners Payments Pharma Pictures Press ' +
  'Print Property Research Robotics Schools Security Software Sound Sports Studio Supply Systems Tickets Tools Travel Travelware Works';
const GIVEN =
  'Ada Aisha Alba Amara Anton Aya Bela Bruno Carla Chen Clara Dario Devi Elif Elin Emil Enzo Esra Eva Farah Felix Finn Freya Gia Hana ' +
  'Hugo Ida Imani Ines Isak Ivan Jana Jonas Juno Kai Karim Kenji Lara Leila Leo Lina Luca Maja Marek Maya Mila Mina Nadia Niko Noor Nora ' +
  'Olga Omar Otto Paula Petra Pia Quinn Rafa Rana Remi Rosa Sami Sara Sven Tara Theo Tomas Uma Vera Viktor Yara Yuki Zara Zoe';

const [firsts, seconds, givens] = [FIRST, SECOND, GIVEN].map((words) => words.split(' ')) as [
  string[],
  string[],
  string[],
];

const COUNTRIES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  USD: { US: 78, CA: 9, AU: 5, SG: 3, BR: 3, IN: 2 },
  EUR: { DE: 34, FR: 22, NL: 15, ES: 11, IT: 9, IE: 9 },
  GBP: { GB: 100 },
  JPY: { JP: 100 },
};

export interface Persona {
  readonly company: string;
  readonly contact: string;
  readonly email: string;
  readonly country: string;
}

/** Hands out companies, each name once; after all combinations a Roman-style number is added. */
export function createCast(random: Random): (currency: CurrencyCode) => Persona {
  const taken = new Map<string, number>();
  return (currency) => {
    let name = `${random.pick(firsts)} ${random.pick(seconds)}`;
    for (let attempt = 0; taken.has(name) && attempt < 20; attempt++)
      name = `${random.pick(firsts)} ${random.pick(seconds)}`;
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return personaOf(
      times === 1 ? name : `${name} ${times}`,
      random.pick(givens),
      random.weighted(COUNTRIES[currency]!),
    );
  };
}

/** A persona with a given name, for the scripted parts of the story. */
export function personaOf(company: string, contact: string, country: string): Persona {
  const domain = company.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { company, contact, email: `${contact.toLowerCase()}@${domain}.example`, country };
}
