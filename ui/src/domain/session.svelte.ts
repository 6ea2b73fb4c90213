// Which company, which environment, which screen; the list of companies; the settings.
import { host, type Answer, type CompanyView, type DraftStart, type EnvironmentName, type NewCompany, type Problem, type ProgramView, type Scope, type Settings } from '../host';
import { speak } from '../i18n/index.svelte';

export type Screen = 'start' | 'editor' | 'send' | 'sales' | 'contractors' | 'goods' | 'firm' | 'ksef' | 'access' | 'settings';
/** A part of a screen that a next step leads to. */
export type Aim = 'environment' | 'access' | 'certificates' | 'authentication' | 'offline' | 'token' | 'seller' | 'series';

/** What the editor shows: a draft that is there, or one that is yet to be begun. */
export type EditorFrom = { draft: string } | { start: DraftStart };

interface Editing {
  /** Another one for each opening: the editor begins anew. */
  key: number;
  scope: Scope;
  from: EditorFrom;
}

class Session {
  program = $state<ProgramView | null>(null);
  companies = $state<CompanyView[]>([]);
  screen = $state<Screen>('start');
  aim = $state<Aim | null>(null);
  /** The dialog "Dodaj firmę" is open; a NIP to begin with, where one is known. */
  adding = $state<{ nip: string } | null>(null);
  /** Why the program could not begin. */
  failure = $state<Problem | null>(null);
  ready = $state(false);

  #nip = $state<string | null>(null);
  #editing = $state.raw<Editing | null>(null);
  #openings = 0;

  get company(): CompanyView | null {
    return this.companies.find(({ nip }) => nip === this.#nip) ?? this.companies[0] ?? null;
  }

  get scope(): Scope | null {
    const company = this.company;
    return company === null ? null : { nip: company.nip, environment: company.environment };
  }

  async begin(): Promise<void> {
    this.failure = null;
    const [program, companies] = await Promise.all([host().program(), host().companies()]);
    if (program.status === 'error') {
      this.failure = program.error;
      return;
    }
    this.program = program.data;
    this.#nip = program.data.settings.lastCompany;
    this.#wear(program.data.settings);
    if (companies.status === 'error') {
      this.failure = companies.error;
      return;
    }
    this.companies = companies.data;
    this.ready = true;
  }

  /** Language and appearance alone, for a program that is locked. */
  async wear(): Promise<void> {
    const program = await host().program();
    if (program.status === 'ok') this.#wear(program.data.settings);
  }

  go(screen: Screen, aim: Aim | null = null): void {
    this.screen = screen;
    this.aim = aim;
  }

  /** What is open in the editor for this company and environment; nothing: the screen shows drafts, templates, recurring ones. */
  get editing(): Editing | null {
    const { scope } = this;
    const open = this.#editing;
    return open !== null && scope !== null && open.scope.nip === scope.nip && open.scope.environment === scope.environment ? open : null;
  }

  /** Opens the editor with a draft, or begins one. */
  openEditor(from: EditorFrom): void {
    if (this.scope === null) return;
    this.#editing = { key: ++this.#openings, scope: this.scope, from };
    this.go('editor');
  }

  /** The editor says which draft it has begun, so that coming back shows the same one. */
  editorHas(draft: string): void {
    if (this.#editing !== null) this.#editing = { ...this.#editing, from: { draft } };
  }

  /** Back to the list of drafts, or to another screen. */
  closeEditor(screen: Screen = 'editor'): void {
    this.#editing = null;
    this.go(screen);
  }

  async reloadCompanies(): Promise<void> {
    const answer = await host().companies();
    if (answer.status === 'ok') this.companies = answer.data;
  }

  async choose(nip: string): Promise<void> {
    if (nip === this.company?.nip) return;
    this.#nip = nip;
    await this.save({ lastCompany: nip });
  }

  /** Shows the company where it is in the program, and otherwise offers to add it. */
  async open(nip: string): Promise<void> {
    if (this.companies.some((company) => company.nip === nip)) await this.choose(nip);
    else this.adding = { nip };
  }

  async add(company: NewCompany): Promise<Problem | null> {
    const answer = await host().addCompany(company);
    if (answer.status === 'error') return answer.error;
    await this.reloadCompanies();
    await this.choose(answer.data.nip);
    return null;
  }

  async rename(nip: string, name: string | null): Promise<Problem | null> {
    return this.#thenReload(await host().renameCompany(nip, name));
  }

  async remove(nip: string): Promise<Problem | null> {
    const problem = await this.#thenReload(await host().removeCompany(nip));
    if (problem === null) this.go('start');
    return problem;
  }

  async chooseEnvironment(nip: string, environment: EnvironmentName): Promise<Problem | null> {
    return this.#thenReload(await host().chooseEnvironment(nip, environment));
  }

  async makeSampleCompany(): Promise<Problem | null> {
    const answer = await host().makeSampleCompany();
    if (answer.status === 'error') return answer.error;
    await this.reloadCompanies();
    await this.choose(answer.data.nip);
    return null;
  }

  /** Settings take effect at once; a disk that does not keep them is told. */
  async save(change: Partial<Settings>): Promise<Problem | null> {
    if (this.program === null) return null;
    const settings = { ...this.program.settings, ...change };
    this.program.settings = settings;
    this.#wear(settings);
    const answer = await host().saveSettings(settings);
    return answer.status === 'error' ? answer.error : null;
  }

  async #thenReload(answer: Answer<null>): Promise<Problem | null> {
    if (answer.status === 'error') return answer.error;
    await this.reloadCompanies();
    return null;
  }

  #wear({ language, appearance }: Settings): void {
    speak(language);
    const root = document.documentElement;
    if (appearance === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = appearance;
  }
}

export const session = new Session();
