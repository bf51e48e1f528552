import { useId } from 'react';
import type { Loaded } from '../state/loaded';
import { Button } from '../ui/button';
import { CheckField, RadioField } from '../ui/option-fields';
import { DatabaseSelect } from './database-select';
import type { Dump } from './recognise-dump';
import { closedChoices, newDatabaseProblem, type RestoreChoices, settle } from './restore-plan';

interface RestoreFormProps {
  format: Dump['format'];
  databases: Loaded<readonly string[]>;
  choices: RestoreChoices;
  onChange: (choices: RestoreChoices) => void;
  onStart: () => void;
}

/** What a restore shall do. */
export function RestoreForm({ format, databases, choices, onChange, onStart }: RestoreFormProps) {
  const closed = closedChoices(format, choices);
  const settled = settle(format, choices);
  const { target } = choices;
  const taken = databases.kind === 'loaded' ? databases.value : [];
  const problem = target.kind === 'new' ? newDatabaseProblem(target.database, taken) : undefined;
  const isNew = target.kind === 'new';
  const check = (key: 'clean' | 'singleTransaction' | 'stopAtError' | 'skipOwners') => ({
    checked: settled[key],
    closed: closed[key],
    onChange: (checked: boolean) => onChange({ ...choices, [key]: checked }),
  });
  return (
    <>
      {closed.target === undefined ? (
        <div className="space-y-2">
          <RadioField
            legend="Into"
            value={target.kind}
            options={[
              { value: 'existing', label: 'a database that is there' },
              { value: 'new', label: 'a new database' },
            ]}
            onChange={(kind) =>
              onChange({ ...choices, target: { kind, database: kind === 'new' ? '' : 'postgres' } })
            }
          />
          {isNew ? (
            <NewDatabaseField
              name={target.database}
              problem={problem}
              onChange={(database) => onChange({ ...choices, target: { kind: 'new', database } })}
            />
          ) : (
            <DatabaseSelect
              databases={databases}
              value={target.database}
              onChange={(database) =>
                onChange({ ...choices, target: { kind: 'existing', database } })
              }
            />
          )}
        </div>
      ) : (
        <p className="text-muted">{closed.target}</p>
      )}
      <div className="space-y-2.5">
        <CheckField
          label="Clean first"
          hint="Tables and all else that the dump makes are dropped before, where they are there."
          {...check('clean')}
        />
        <CheckField
          label="Single transaction"
          hint="All of it or nothing: an error, or Cancel, leaves the database as it was."
          {...check('singleTransaction')}
        />
        <CheckField
          label="Stop at the first error"
          hint="Otherwise it goes on, and the errors are counted."
          {...check('stopAtError')}
        />
        <CheckField
          label="Skip owners and privileges"
          hint="Everything belongs to owner then, whatever roles the dump names."
          {...check('skipOwners')}
        />
      </div>
      <div className="flex justify-end">
        <Button
          look="primary"
          disabled={problem !== undefined || (isNew && target.database === '')}
          onClick={onStart}
        >
          Restore
        </Button>
      </div>
    </>
  );
}

interface NewDatabaseFieldProps {
  name: string;
  problem: string | undefined;
  onChange: (name: string) => void;
}

function NewDatabaseField({ name, problem, onChange }: NewDatabaseFieldProps) {
  const field = useId();
  return (
    <div>
      <label htmlFor={field} className="font-medium">
        Name of the new database
      </label>
      <input
        id={field}
        value={name}
        aria-invalid={problem !== undefined}
        aria-describedby={`${field}-problem`}
        onChange={({ target }) => onChange(target.value)}
        className="mt-1 block h-9 w-full max-w-80 rounded-md border border-line-strong bg-surface px-2 font-mono aria-invalid:border-bad"
      />
      <p id={`${field}-problem`} className="mt-1 min-h-4 text-bad text-xs">
        {problem}
      </p>
    </div>
  );
}
