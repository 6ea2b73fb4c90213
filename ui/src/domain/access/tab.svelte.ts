// Which part of Dostęp is shown; it stays when a person comes back.

export const ACCESS_TABS = ['tokens', 'logins', 'permissions', 'companies', 'limits', 'collectives', 'journal'] as const;
export type AccessTab = (typeof ACCESS_TABS)[number];

class ShownTab {
  shown = $state<AccessTab>('tokens');
}

export const accessTab = new ShownTab();
