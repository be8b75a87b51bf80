// One accent, system type; both themes keep a contrast of 4.5:1.
import { Anchor, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = ['#e8f5f2', '#d3e9e4', '#a6d4ca', '#76bfaf', '#4dad98', '#2f9883', '#1a826f', '#0b6e5f', '#075b4e', '#04483d'];

const dark: MantineColorsTuple = ['#dfe5e2', '#c4cdc9', '#a3b0ab', '#7d8b86', '#33403c', '#28312e', '#1c2321', '#171c1b', '#101413', '#0b0e0d'];

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  respectReducedMotion: true,
  components: { Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }) },
});

// Where the components' own shades are too faint.
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#59635f', '--mantine-color-placeholder': '#6b7571', '--mantine-color-error': '#b42318' },
  dark: {
    '--mantine-color-anchor': '#7fdcca', '--mantine-color-accent-light': '#16342e', '--mantine-color-accent-light-color': '#8fdccb',
    '--mantine-color-error': '#ff9d9d', '--mantine-color-placeholder': '#93a09b',
  },
});
