/**
 * How the program is doing.
 * Answers: whom it spoke with, what it consists of, where its files lie, and
 * the bundle that a founder sends to somebody who is to help.
 * Never: lets a name, an amount, a key or a text of a vendor into that bundle.
 */
export { bundleParts, bundleZip } from './bundle.ts';
export { createContactLog, listContacts } from './contacts.ts';
export { databaseFacts } from './facts.ts';
export { logTail } from './log-tail.ts';
export { placesOf } from './places.ts';
export { processVersions, versionsPart, type BuildStamp } from './versions-part.ts';
export { ownCode } from './words.ts';
