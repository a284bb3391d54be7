/**
 * One thing that was looked at. `fix` says what to do: always there when `ok` is false; with `ok` true it makes the
 * check a warning.
 */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly version?: string;
  readonly message: string;
  readonly fix?: string;
}
