'use client';

import { Button } from '@/components/ui/button';
import { Message } from '@/components/ui/message';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Message title="This page has failed">
      <p role="alert">
        {error.message || 'Something in it was not foreseen.'}
        {error.digest && ` (${error.digest})`}
      </p>
      <p>
        A database in this tab still runs. Try again first; reloading the tab would end the
        database.
      </p>
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
    </Message>
  );
}
