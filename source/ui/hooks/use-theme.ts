import {createContext, useContext} from 'react';
import {createTheme} from '../theme.ts';

/** The theme is the only thing every view needs; all else comes as props. */
export const ThemeContext = createContext(createTheme());

export const useTheme = () => useContext(ThemeContext);
