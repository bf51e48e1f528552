'use client';

import { linkUrl } from '@/lib/access/link-url';
import type { ServerAddress } from '../playgrounds/api';
import type { LinkSecret } from '../playgrounds/codec';
import type { Loaded } from '../state/loaded';
import { Button } from '../ui/button';
import { CopyField } from '../ui/copy-field';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';

interface LinkFieldProps {
  label: string;
  hint: string;
  playground: string;
  link: Loaded<LinkSecret>;
  address: ServerAddress;
  onRenew: () => void;
  onRetry: () => void;
}

export function LinkField(props: LinkFieldProps) {
  const { label, hint, playground, link, address } = props;
  if (link.kind === 'failed') {
    return (
      <Notice
        tone="bad"
        announce="alert"
        title={`${label}: not made`}
        actions={
          <Button size="small" onClick={props.onRetry}>
            Try again
          </Button>
        }
      >
        {link.message}
      </Notice>
    );
  }
  const value =
    link.kind === 'loaded'
      ? linkUrl(address.publicUrl, { playground, link: link.value.id, secret: link.value.secret })
      : 'Making the link…';
  return (
    <CopyField
      key={value}
      label={label}
      hint={hint}
      value={value}
      aside={
        <Question
          label="Revoke and renew"
          name={`Revoke and renew the ${label.toLowerCase()}`}
          title={`Revoke this ${label.toLowerCase()}?`}
          yes="Revoke and make a new one"
          no="Keep it"
          disabled={link.kind !== 'loaded'}
          onYes={props.onRenew}
        >
          Everyone who came by it is cut off within a second, in pages and in psql, and what they
          had not committed is rolled back. The old link and its connection string never work again.
        </Question>
      }
    />
  );
}
