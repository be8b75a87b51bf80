// The drawings, loaded when the page is opened: what they show stands in a table beside them, so that nobody needs them.
import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';

interface Drawn {
  label: string;
  data: Record<string, string | number>[];
  format: (value: number) => string;
}

const axis = { width: 64 };

// `short`: the same figure where there is little room.
export function Bars({ label, data, format, short, name }: Drawn & { name: string; short: (value: number) => string }) {
  return (
    <div role="img" aria-label={label}>
      <BarChart h={220} data={data} dataKey="at" series={[{ name, color: 'accent.5' }]} valueFormatter={format} tickLine="none" gridAxis="x" yAxisProps={{ ...axis, tickFormatter: short }}
                barProps={{ isAnimationActive: false, maxBarSize: 64 }} barChartProps={{ accessibilityLayer: false }} />
    </div>
  );
}

const kLines = [['accent.5', '0'], ['blue.5', '6 3'], ['orange.6', '2 3'], ['grape.5', '8 3 2 3'], ['red.6', '4 4'], ['gray.6', '1 4']];

export function Lines({ label, data, format, names }: Drawn & { names: string[] }) {
  return (
    <div role="img" aria-label={label}>
      <LineChart h={260} data={data} dataKey="at" withLegend connectNulls={false} curveType="linear" valueFormatter={format} tickLine="none" gridAxis="x" yAxisProps={axis} xAxisProps={{ padding: { left: 24, right: 32 } }} legendProps={{ itemSorter: null }}
                 series={names.map((name, at) => ({ name, color: kLines[at][0], strokeDasharray: kLines[at][1] }))} lineProps={{ isAnimationActive: false }}
                 lineChartProps={{ accessibilityLayer: false }} />
    </div>
  );
}
