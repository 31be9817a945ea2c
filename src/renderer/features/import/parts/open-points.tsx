/** What has to be said before the file can be read: questions, required fields, and values that hold for all rows. */
import type { ReactNode } from 'react';
import {
  DateFormatSchema,
  DecimalMarkSchema,
  type FileField,
  type FilePreview,
  type FileQuestion,
} from '../../../../shared/contract/files.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { fieldsWithoutColumn, withConstant, withDateFormat, withDecimalMark } from '../mapping.ts';
import type { Draft } from '../use-upload.ts';

export interface OpenPointsProps {
  fields: readonly FileField[];
  preview: FilePreview;
  draft: Draft;
}

export function OpenPoints({ fields, preview, draft }: OpenPointsProps): ReactNode {
  const format = useFormat();
  const { mapping, missing, questions, warnings } = preview;
  const constant = fieldsWithoutColumn(mapping, fields).filter((field) => field.constant);
  return (
    <>
      {missing.length > 0 && (
        <Callout tone="warn" title={`No column says ${format.list(missing)}`}>
          Choose the columns below{constant.length > 0 ? ', or give one value for all rows' : ''}.
        </Callout>
      )}
      {questions.map((question) => (
        <Question key={`${question.about} ${question.field}`} question={question} draft={draft} />
      ))}
      {warnings.length > 0 && (
        <Callout title="To know before it is imported">
          <ul className="flex flex-col gap-0.5 text-muted">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Callout>
      )}
      {constant.length > 0 && (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] items-start gap-3">
          {constant.map((field) => (
            <Constant key={field.field} field={field} value={mapping.constants[field.field] ?? ''} draft={draft} />
          ))}
        </div>
      )}
    </>
  );
}

function Question({ question, draft }: { question: FileQuestion; draft: Draft }): ReactNode {
  const answer = (value: string): void =>
    draft.change((known) =>
      question.about === 'date_format'
        ? withDateFormat(known, question.field, DateFormatSchema.parse(value))
        : withDecimalMark(known, question.field, DecimalMarkSchema.parse(value)),
    );
  return (
    <Callout
      tone="accent"
      title={question.question}
      action={question.options.map(({ value, label }) => (
        <Button key={value} size="sm" onClick={() => answer(value)}>
          {label}
        </Button>
      ))}
    />
  );
}

interface ConstantProps {
  field: FileField;
  value: string;
  draft: Draft;
}

/** Not one more column: one value that every row is given. */
function Constant({ field, value, draft }: ConstantProps): ReactNode {
  const { label, required, choices, help } = field;
  const name = `${label}${required ? ' *' : ''} of all rows`;
  const change = (next: string): void => draft.change((known) => withConstant(known, field.field, next));
  if (choices.length > 0)
    return (
      <Select
        label={name}
        options={[{ value: '', label: 'Not given' }, ...choices.map((choice) => ({ value: choice, label: choice }))]}
        value={value}
        onChange={change}
      />
    );
  return (
    <TextField
      label={name}
      value={value}
      onChange={change}
      {...(help === null ? {} : { hint: help })}
      {...(field.type === 'currency' ? { placeholder: 'EUR', maxLength: 3 } : {})}
    />
  );
}
