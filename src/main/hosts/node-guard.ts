/**
 * Imported first by every entry that runs outside Electron: under a Node older
 * than the SQLite driver's, opening a database would end in a segmentation fault.
 */
const NEEDED_NODE_API = 10;

if (Number(process.versions.napi) < NEEDED_NODE_API) {
  process.stderr.write(
    `Vario needs Node.js 24; this is ${process.version}. Start it by bin/vario.js or npm run vario.\n`,
  );
  process.exit(1);
}
