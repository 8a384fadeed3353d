import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {printableLine} from '../../../printable.ts';
import {useTheme} from '../../hooks/use-theme.ts';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps {
  readonly options: readonly SelectOption[];
  /** Option that Enter takes. */
  readonly cursor: number;
}

const Indicator = ({isSelected = false}: {readonly isSelected?: boolean}) => {
  const {figures, styles} = useTheme();
  return (
    <Box flexShrink={0}>
      <Text {...styles.focus}>{`${isSelected ? figures.pointer : ' '} `}</Text>
    </Box>
  );
};

const Item = ({label, isSelected = false}: {readonly label: string; readonly isSelected?: boolean}) => {
  const {styles} = useTheme();
  return (
    <Text wrap="truncate-end" {...(isSelected ? styles.focus : styles.plain)}>
      {printableLine(label)}
    </Text>
  );
};

/**
 * A short single choice, drawn by ink-select-input and steered by our own reducer.
 *
 * Its own key handling is switched off: it loses keys that arrive in one read and takes a digit as a decision. It keeps the position it
 * was mounted with, so another cursor is another mount.
 */
export const Select = ({options, cursor}: SelectProps) => (
  <Box flexDirection="column" flexShrink={0} height={options.length} aria-role="listbox">
    <SelectInput
      key={cursor}
      isFocused={false}
      initialIndex={cursor}
      indicatorComponent={Indicator}
      itemComponent={Item}
      items={[...options]}
    />
  </Box>
);
