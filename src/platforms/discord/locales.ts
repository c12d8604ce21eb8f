import type { Locale } from 'discord.js';

/** Name and description of a subcommand in one more language. */
interface Text {
  readonly name: string;
  readonly description: string;
}

/** By Discord's locale. Names are 1 to 32 small letters, digits, - or _; descriptions 1 to 100 characters. */
export type Localized = Readonly<Partial<Record<`${Locale}`, Text>>>;

/**
 * What Discord's menus call the subcommands in other languages, by the subcommand's own name, which always works too.
 * A subcommand that is not here has its English name everywhere.
 */
export const subcommandTexts: Readonly<Record<string, Localized>> = {
  explain: {
    de: { name: 'erkläre', description: 'Was die Notizen zu einem Begriff oder einer Frage sagen' },
    fr: { name: 'expliquer', description: 'Ce que disent les notes sur un terme ou une question' },
    'es-ES': { name: 'explicar', description: 'Lo que dicen los apuntes sobre un término o una pregunta' },
  },
  'which-node': {
    de: { name: 'welcher-knoten', description: 'Welcher EKS-Knotentyp zum Bedarf passt' },
    fr: { name: 'quel-nœud', description: 'Le type de nœud EKS qui convient à vos besoins' },
    'es-ES': { name: 'qué-nodo', description: 'Qué tipo de nodo de EKS sirve para lo que necesitas' },
  },
  quiz: {
    de: { name: 'quiz', description: 'Üben mit Fragen zu einem Thema oder zu allen Notizen' },
    fr: { name: 'quiz', description: "S'exercer avec des questions sur un thème ou sur toutes les notes" },
    'es-ES': { name: 'quiz', description: 'Practicar con preguntas de un tema o de todos los apuntes' },
  },
  review: {
    de: { name: 'wiederholen', description: 'Fällige Karten wiederholen, dann neue lernen' },
    fr: { name: 'réviser', description: 'Réviser les cartes à revoir, puis en apprendre de nouvelles' },
    'es-ES': { name: 'repasar', description: 'Repasar las tarjetas pendientes y luego las nuevas' },
  },
  today: {
    de: { name: 'heute', description: 'Was heute fällig ist, und deine Serie' },
    fr: { name: 'aujourdhui', description: "Ce qui est à revoir aujourd'hui, et votre série" },
    'es-ES': { name: 'hoy', description: 'Lo que toca hoy, y tu racha' },
  },
  help: {
    de: { name: 'hilfe', description: 'Was ich kann, mit Beispielen' },
    fr: { name: 'aide', description: 'Ce que je sais faire, avec des exemples' },
    'es-ES': { name: 'ayuda', description: 'Lo que puedo hacer, con ejemplos' },
  },
};

/** The same texts in the two fields where Discord wants them. */
export function localizationsOf(texts: Localized) {
  const entries = Object.entries(texts);
  return {
    name_localizations: Object.fromEntries(entries.map(([locale, { name }]) => [locale, name])),
    description_localizations: Object.fromEntries(
      entries.map(([locale, { description }]) => [locale, description]),
    ),
  };
}
