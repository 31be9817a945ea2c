/**
 * Long work that outlives a window, a reload and a crash.
 * Answers: queueing, running one at a time per exclusive key, progress,
 * cancelling, results, and what comes back every n minutes.
 * Never: knows what a job does; decides when a source is due.
 */
export { defineJob, type Job, type JobContext, type JobProgress } from './definition.ts';
export { createJobQueue, type JobQueue } from './queue.ts';
export { createJobSchedule, type JobSchedule } from './schedule.ts';
