/**
 * Saved views of the cockpit.
 * Answers: which arrangements are there, under which names, in which order, and with which does the cockpit open?
 * A view is a layout and the filters of an address, both checked by the contract's schemas.
 * Never: knows which tiles there are, or what a filter means.
 */
export { listViews, moveView, openWith, removeView, restoreView, saveView } from './stored-views.ts';
