import { InMemoryFs, type IFileSystem } from 'just-bash/browser';

type Arguments<Name extends 'writeFile' | 'appendFile' | 'rm' | 'cp'> = Parameters<
  IFileSystem[Name]
>;

/** The shell's files in memory; every command that would change a read-only one fails as with EACCES. */
export class LabFileSystem extends InMemoryFs {
  #readOnly: ReadonlySet<string>;
  #denied = new Set<string>();

  /** Both by absolute path. */
  constructor(files: Readonly<Record<string, string>>, readOnly: readonly string[]) {
    super(files);
    this.#readOnly = new Set(readOnly);
  }

  isReadOnly(path: string): boolean {
    return this.#readOnly.has(this.resolvePath('/', path));
  }

  /** The read-only files that a command tried to change since this was last asked. */
  takeDenied(): ReadonlySet<string> {
    const denied = this.#denied;
    this.#denied = new Set();
    return denied;
  }

  /** The platform's own way to write, which may change every file. */
  async put(path: string, text: string): Promise<void> {
    await super.writeFile(path, text);
  }

  override async writeFile(...args: Arguments<'writeFile'>): Promise<void> {
    this.#refuse(args[0]);
    await super.writeFile(...args);
  }

  override async appendFile(...args: Arguments<'appendFile'>): Promise<void> {
    this.#refuse(args[0]);
    await super.appendFile(...args);
  }

  override async rm(...args: Arguments<'rm'>): Promise<void> {
    this.#refuse(args[0]);
    await super.rm(...args);
  }

  override async cp(...args: Arguments<'cp'>): Promise<void> {
    this.#refuse(args[1]);
    await super.cp(...args);
  }

  override async mv(source: string, target: string): Promise<void> {
    this.#refuse(source);
    this.#refuse(target);
    await super.mv(source, target);
  }

  #refuse(path: string): void {
    if (!this.isReadOnly(path)) return;
    this.#denied.add(this.resolvePath('/', path));
    throw new Error('Permission denied');
  }
}
