/** Questions for a name: of one more of a repeatable component, and of the profile. Pure. */
import {instanceNameRule} from '../../plan/instances.ts';
import {asking, doing, entered, literal, type Talk, troubleLines, typing, waiting} from './turn.ts';

export const namingTalk: Talk = {
  turn: ({state, before, catalog}) => {
    const {screen, notice} = state;
    const title = screen.name === 'naming' ? (catalog.components.get(screen.base)?.title ?? '') : '';
    const help = `It becomes part of the names of its services, volumes and secrets: ${instanceNameRule}.`;
    return asking([...(notice ? [notice] : []), ...(entered({state, before}) ? [help] : [])], `${title}. What is this one called:`);
  },
  reply: answer => doing(...typing(literal(answer)), {type: 'forward'}),
  help: ['A name adds it; its settings are asked on the way to the plan.'],
};

export const profileTalk: Talk = {
  turn: ({state: {screen, profile, notice, trouble, saved}}) => {
    if (screen.name === 'profile' && screen.saving) return waiting('Saving the answers.');
    // What would be replaced can be said only once it is known what is there.
    if (saved.list.status === 'loading') return waiting();
    const wrong = [...(notice ? [notice] : []), ...(trouble ? troubleLines(trouble) : [])];
    const intro = 'The answers are saved as a profile for the next run. Secrets are never part of them.';
    const kept = profile.value === '' ? 'Enter to go on without saving' : `Enter for ${profile.value}, a minus to go on without saving`;
    return asking([...wrong, intro], `Name of the profile. ${kept}:`);
  },
  reply: answer => {
    if (answer === '') return doing({type: 'forward'});
    return doing(...typing(answer === '-' ? '' : literal(answer)), {type: 'forward'});
  },
  help: ['= in front of a name takes it as it is, for example =q for a profile of the name q.'],
};
