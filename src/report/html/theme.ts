/** The colours of one theme, by what they are for. A test holds every pair that text makes against a contrast of 4.5 to 1. */
export interface Theme {
  page: string;
  card: string;
  sunken: string;
  ink: string;
  soft: string;
  line: string;
  accent: string;
  error: string;
  warning: string;
  note: string;
  clean: string;
  groundOwn: string;
  groundAllowed: string;
  markAllowed: string;
  groundAlien: string;
  markAlien: string;
  groundBroken: string;
  markBroken: string;
  groundUnknown: string;
  markUnknown: string;
}

export const light: Theme = {
  page: '#f7f7f5',
  card: '#ffffff',
  sunken: '#f1f2f3',
  ink: '#1c2127',
  soft: '#555e68',
  line: '#dfe2e5',
  accent: '#1d5cb5',
  error: '#ad1f1f',
  warning: '#875200',
  note: '#41586f',
  clean: '#1f6b3f',
  groundOwn: '#dce6ef',
  groundAllowed: '#ddecde',
  markAllowed: '#a9caab',
  groundAlien: '#ffe6b0',
  markAlien: '#fbcf78',
  groundBroken: '#fbd3cd',
  markBroken: '#f2aaa0',
  groundUnknown: '#ececec',
  markUnknown: '#cfcfcf',
};

export const dark: Theme = {
  page: '#121518',
  card: '#1a1e22',
  sunken: '#22272c',
  ink: '#e7e9ec',
  soft: '#a3abb4',
  line: '#30363c',
  accent: '#8db8f5',
  error: '#ff9d92',
  warning: '#f0bf6a',
  note: '#a9c1da',
  clean: '#8fd3a6',
  groundOwn: '#2a3947',
  groundAllowed: '#25392a',
  markAllowed: '#41644a',
  groundAlien: '#5b430c',
  markAlien: '#775a14',
  groundBroken: '#61221d',
  markBroken: '#82332b',
  groundUnknown: '#33373c',
  markUnknown: '#4c5259',
};

/** `groundOwn` → `--ground-own`. */
const variable = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The declarations of a theme, a line for each colour. */
export const variablesOf = (theme: Theme): string =>
  Object.entries(theme)
    .map(([name, colour]) => `${variable(name)}: ${String(colour)};`)
    .join('\n');
