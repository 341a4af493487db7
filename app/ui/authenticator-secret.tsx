import { QrCode } from "./qr-code";

type Props = {
  uri: string;
  secret: string;
  /** What the picture is. */
  label: string;
  /** Shown above the secret, for people who cannot scan the picture. */
  hint: string;
};

/** What an authenticator app needs: to scan, or to type. */
export function AuthenticatorSecret({ uri, secret, label, hint }: Props) {
  return (
    <div className="space-y-3">
      <QrCode text={uri} label={label} />
      <p className="text-center text-sm text-muted">
        {hint}
        <code className="mt-1 block font-mono break-all text-ink select-all">
          {secret.match(/.{1,4}/g)?.join(" ") ?? secret}
        </code>
      </p>
    </div>
  );
}
