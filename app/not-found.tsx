import { Message } from '@/components/ui/message';

export default function NotFound() {
  return (
    <Message title="There is nothing here">
      <p>
        The address may have been cut when it was copied. A playground’s address ends in twelve
        letters and digits, and a link to one goes on with a # and a secret.
      </p>
    </Message>
  );
}
