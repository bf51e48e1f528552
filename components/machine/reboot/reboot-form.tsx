'use client';

import { useState } from 'react';
import type { MemoryMb } from '@/lib/machine/types';
import { Button } from '../../ui/button';
import { MemoryField } from '../memory-field';
import { Choice } from './choice';
import type { RebootPlan } from './plan';

type Way = 'base' | 'power-on' | 'postgres';
type Data = 'keep' | 'empty';

interface RebootFormProps {
  /** What it runs with, or was last started with. */
  memoryMb: MemoryMb;
  isRunning: boolean;
  onPlan: (plan: RebootPlan) => void;
}

/** How the machine is to begin again. */
export function RebootForm({ memoryMb, isRunning, onPlan }: RebootFormProps) {
  const [size, setSize] = useState(memoryMb);
  const [way, setWay] = useState<Way>('base');
  const [data, setData] = useState<Data>(isRunning ? 'keep' : 'empty');
  const isPostgresOnly = way === 'postgres';
  const reboot = () => {
    if (isPostgresOnly) onPlan({ kind: 'postgres' });
    else onPlan({ kind: 'machine', memoryMb: size, from: way, keepsData: data === 'keep' });
  };
  return (
    <>
      <MemoryField
        size={size}
        onChoose={(chosen) => {
          setSize(chosen);
          if (chosen !== memoryMb && isPostgresOnly) setWay('base');
        }}
      />
      <Choice
        legend="How it begins again"
        name="reboot-way"
        chosen={way}
        disabled={false}
        onChoose={setWay}
        options={[
          {
            value: 'base',
            label: 'Quick start',
            hint: 'From the saved state of a machine that has just booted: about a second.',
          },
          {
            value: 'power-on',
            label: 'Full boot',
            hint: 'From power-on, kernel first. It takes longer; the boot log is shown.',
          },
          {
            value: 'postgres',
            label: 'Restart PostgreSQL only',
            hint: 'The machine, its data and its files stay. For settings that need a restart.',
            whyNot: restartRefusal(isRunning, size === memoryMb),
          },
        ]}
      />
      {!isPostgresOnly && (
        <Choice
          legend="The data"
          name="reboot-data"
          chosen={data}
          disabled={false}
          onChoose={setData}
          options={[
            {
              value: 'keep',
              label: 'Keep the data',
              hint: 'Carried over by pg_dumpall and psql: all databases and roles. Settings made with ALTER SYSTEM and files in the machine do not come along, nor does what others write meanwhile.',
              whyNot: isRunning ? undefined : 'The machine does not run, so nothing can be dumped.',
            },
            {
              value: 'empty',
              label: 'Begin empty',
              hint: 'What is in the database is lost, in this browser’s copy too.',
            },
          ]}
        />
      )}
      <p className="mt-4 text-muted text-pretty text-sm">
        Open sessions end, terminals included, and open transactions are rolled back.
      </p>
      <Button
        look={isPostgresOnly || data === 'keep' ? 'primary' : 'danger'}
        className="mt-3"
        onClick={reboot}
      >
        {isPostgresOnly ? 'Restart PostgreSQL' : 'Reboot'}
      </Button>
    </>
  );
}

function restartRefusal(isRunning: boolean, isSameSize: boolean): string | undefined {
  if (!isRunning) return 'The machine does not run.';
  return isSameSize ? undefined : 'Another size of memory needs another machine.';
}
