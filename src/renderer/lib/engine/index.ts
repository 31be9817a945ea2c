/**
 * The renderer's side of the calls.
 * Answers: how is the engine reached, what do its failures mean, when is remembered data out of date?
 * One typed client over a MessagePort (desktop) or a WebSocket (browser), with queries remembered by TanStack Query.
 * Never: repeats a command by itself, or computes a figure.
 */
export { EngineProvider, useConnectionState, useEngine } from './engine-context.tsx';
export { createEngineClient, type EngineClient } from './client.ts';
export { EngineConnection, type Dial } from './connection.ts';
export { FileIntakeProvider, useFileIntake } from './file-intake.tsx';
export { failureOf, type Failure } from './failure.ts';
export { createQueryClient } from './query-client.ts';
export { sendOnLeaving } from './send-on-leaving.ts';
export { stateOf } from './query-state.ts';
export { holding, keptChange } from './kept-change.ts';
export { follow, useLive } from './live.ts';
export { isOver, useActiveJob, useJob, useJobs, useNewestJob } from './use-jobs.ts';
export { portDial } from './port-wire.ts';
export { exchangeToken, socketDial } from './socket-wire.ts';
export { useLeaveDemo } from './use-leave-demo.ts';
export { useRestore } from './use-restore.ts';
export { useConnectForm, type ConnectForm, type Descriptor } from './use-connect-form.ts';
