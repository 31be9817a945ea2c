/** A form built from a source's descriptor: values, their split into settings and secrets, and what is still missing. */
import { useState } from 'react';
import type { EngineClient } from './client.ts';

export type Descriptor = Awaited<ReturnType<EngineClient['sources']['catalogue']>>[number];

export interface Connection {
  readonly vendor: string;
  readonly config: Record<string, string>;
  readonly secrets: Record<string, string>;
}

export interface ConnectForm {
  readonly values: Readonly<Record<string, string>>;
  set(name: string, value: string): void;
  /** True when every required field has a value. */
  readonly complete: boolean;
  connection(): Connection;
  /** Forgets what was typed; secrets do not stay in the window. */
  clear(): void;
}

/** Leaves out what is empty; secrets travel apart from settings. */
export function connectionOf(descriptor: Descriptor, values: Readonly<Record<string, string>>): Connection {
  const filled = descriptor.fields
    .map((field) => ({ field, value: (values[field.name] ?? '').trim() }))
    .filter(({ value }) => value !== '');
  const part = (secret: boolean): Record<string, string> =>
    Object.fromEntries(
      filled.filter(({ field }) => field.secret === secret).map(({ field, value }) => [field.name, value]),
    );
  return { vendor: descriptor.vendor, config: part(false), secrets: part(true) };
}

/** @param initial settings that are known already. */
export function useConnectForm(descriptor: Descriptor, initial: Readonly<Record<string, string>> = {}): ConnectForm {
  const [values, setValues] = useState(initial);
  return {
    values,
    set: (name, value) => setValues((known) => ({ ...known, [name]: value })),
    complete: descriptor.fields.every((field) => !field.required || (values[field.name] ?? '').trim() !== ''),
    connection: () => connectionOf(descriptor, values),
    clear: () => setValues({}),
  };
}
