/**
 * Every fault that can happen to one host, and the tests that let it happen. Left out are those of several hosts (F57 to F59).
 * What a fault has to end in: the old state, a state from which the next run goes on, a refusal that changed nothing, or going on.
 */

export interface Row {
  readonly id: string;
  readonly fault: string;
  /** File below test/, and words of a title in it. */
  readonly tests: readonly (readonly [file: string, title: string])[];
}

const kills = ['e2e/survival.test.ts', 'kills at random moments'] as const;
const faults = (title: string) => ['e2e/survival-faults.test.ts', title] as const;
const crash = (title: string) => ['workspace/crash.test.ts', title] as const;
const disk = (title: string) => ['workspace/disk.test.ts', title] as const;

export const matrix: readonly Row[] = [
  {id: 'F01', fault: 'the program is killed', tests: [kills, crash('a run that is killed at any change leaves whole files')]},
  {
    id: 'F02',
    fault: 'Ctrl+C once, twice, three times',
    tests: [
      ['e2e/interruption.test.ts', "['SIGINT', 130]"],
      faults('Ctrl+C pressed twice or more often ends it at once'),
      ['cli/wizard.test.ts', 'Ctrl+C on %s ends with 130, changes nothing'],
    ],
  },
  {
    id: 'F03',
    fault: 'SIGTERM',
    tests: [
      ['e2e/interruption.test.ts', "['SIGTERM', 143]"],
      ['e2e/leaving.test.ts', "['SIGTERM', 143]"],
    ],
  },
  {
    id: 'F04',
    fault: 'the connection is lost',
    tests: [
      faults('a connection that is lost in mid-run ends it at the next step'),
      ['e2e/leaving.test.ts', "['SIGHUP', 129]"],
      ['cli/leaving.test.ts', 'a lost connection ends it cleanly'],
    ],
  },
  {
    id: 'F05',
    fault: 'stopped and continued',
    tests: [faults('stopped and continued in mid-run'), ['cli/leaving.test.ts', 'Ctrl+Z gives the terminal to the shell']],
  },
  {id: 'F06', fault: 'the reader of its output leaves', tests: [['cli/pipe.test.ts', 'a reader of %s that leaves at once']]},
  {id: 'F07', fault: 'compose is killed under it', tests: [faults('the compose program that is killed under it'), kills]},
  {
    id: 'F08',
    fault: 'killed for its memory',
    tests: [faults('a run that the kernel kills for its memory'), faults('its log is followed with bounded memory')],
  },
  {
    id: 'F09',
    fault: 'two runs at once',
    tests: [
      ['workspace/lock.test.ts', 'exactly one wins, a hundred times'],
      ['e2e/interruption.test.ts', 'a second run at the same time is turned away'],
    ],
  },
  {
    id: 'F10',
    fault: 'two platforms with the same ports or subnet',
    tests: [faults('two platforms that want the same subnet'), ['e2e/faults.test.ts', 'a port that is held before is found before']],
  },
  {
    id: 'F11',
    fault: 'what a dead run left of its lock',
    tests: [
      ['workspace/lock.test.ts', 'information that a killed run left behind does not lock'],
      ['workspace/lock.test.ts', 'is free at once when that is killed'],
    ],
  },
  {id: 'F12', fault: 'the lock can not be written', tests: [disk('a read-only disk is refused by files, secrets and lock')]},
  {
    id: 'F13',
    fault: 'the disk of the workspace is full',
    tests: [disk('a full disk changes nothing'), disk('a disk that fills up while previous content is kept')],
  },
  {id: 'F14', fault: "the engine's disk is full", tests: [faults('is said with what to do, what runs goes on')]},
  {id: 'F15', fault: 'no inodes', tests: [disk('a disk without inodes left changes nothing')]},
  {id: 'F16', fault: 'no right to write', tests: [['cli/bad-input.test.ts', 'You have no right to write there'], disk('a read-only disk')]},
  {id: 'F17', fault: 'the disk reports an error', tests: [crash('a disk that reports an error at any change')]},
  {id: 'F18', fault: 'power cut', tests: [crash('content is on disk before it gets its name'), crash('killed at any change leaves')]},
  {id: 'F19', fault: 'registries refuse connections', tests: [faults('registries that refuse connections are asked again')]},
  {
    id: 'F20',
    fault: 'a registry goes silent',
    tests: [
      ['e2e/engine.test.ts', 'a registry that goes silent is given up and asked again'],
      ['engine/pull-stall.test.ts', 'test.each'],
    ],
  },
  {
    id: 'F21',
    fault: 'a download is cut',
    tests: [faults('a download that is cut after a random number of bytes'), ['e2e/faults.test.ts', 'cut in the middle of a layer']],
  },
  {
    id: 'F22',
    fault: 'a slow line',
    tests: [
      ['e2e/engine.test.ts', 'a pull shows how far it is'],
      ['e2e/registries.test.ts', 'that are slow have not stalled, and what is said of the time left'],
    ],
  },
  {
    id: 'F23',
    fault: 'rate limit',
    tests: [
      ['engine/pull.test.ts', 'a registry that says how long to wait is obeyed'],
      ['e2e/registries.test.ts', 'that limit requests, at the manifest'],
      ['e2e/pulling.test.ts', 'a registry that asks to wait is asked again when it said'],
    ],
  },
  {
    id: 'F24',
    fault: 'a registry in trouble',
    tests: [
      ['engine/pull.test.ts', 'a registry in trouble is asked again, each time after about twice the time'],
      ['e2e/engine.test.ts', 'a registry that recovers is asked again'],
    ],
  },
  {
    id: 'F25',
    fault: 'an image is not there, or not for us',
    tests: [
      ['e2e/faults.test.ts', 'a missing image: it is named'],
      ['e2e/engine.test.ts', 'a private image is pulled with the credentials'],
      faults('an image that a registry does not let one have'),
    ],
  },
  {id: 'F26', fault: 'wrong bytes', tests: [faults('a layer with a wrong byte is never started')]},
  {id: 'F27', fault: 'a certificate that does not fit', tests: [faults('a certificate that no client may accept')]},
  {
    id: 'F28',
    fault: 'names are not resolved',
    tests: [
      ['e2e/names.test.ts', 'that no server knows are looked up again, not for ever'],
      ['e2e/names.test.ts', 'whose server does not work are looked up again until it does'],
      ['e2e/names.test.ts', 'that this host can not look up are found by the doctor'],
    ],
  },
  {
    id: 'F29',
    fault: 'the engine hangs',
    tests: [faults('an engine that hangs in mid-run is waited for'), ['cli/silent-engine.test.ts', 'up gives up after ten seconds']],
  },
  {
    id: 'F30',
    fault: 'the engine is killed and comes back',
    tests: [
      ['e2e/interruption.test.ts', 'an engine that is killed and comes back while images arrive'],
      ['e2e/interruption.test.ts', 'an engine that is killed and comes back while services start'],
      faults('status says that the socket is gone'),
    ],
  },
  {
    id: 'F31',
    fault: 'the socket vanishes, or is closed to us',
    tests: [faults('status says that the socket is gone'), ['preflight/checks.test.ts', 'EACCES']],
  },
  {
    id: 'F32',
    fault: 'an engine that talks nonsense',
    tests: [
      ['engine/client.test.ts', "['junk', {body: '{\"Id\": [[['}"],
      ['engine/client.test.ts', 'messages come whole from chunks of %i bytes'],
      ['engine/client.test.ts', 'too old'],
      ['engine/records.test.ts', 'records with nothing but their identity are taken as they are'],
    ],
  },
  {
    id: 'F33',
    fault: 'a service keeps ending',
    tests: [faults('a service that keeps ending is not taken for one that runs'), faults('services that fail each in its way')],
  },
  {id: 'F34', fault: 'a service never gets healthy', tests: [['e2e/faults.test.ts', 'a service that never gets healthy']]},
  {
    id: 'F35',
    fault: 'health that comes and goes',
    tests: [
      ['rollout/rollout.test.ts', 'one that was right and has become unhealthy is failed'],
      ['rollout/rollout.test.ts', 'without a health check is not taken for one that runs in the moments between its ends'],
      ['rollout/judge.test.ts', 'health that comes and goes'],
      faults('the first good probe after bad ones is not enough'),
      faults('for good ends as a failure that says so'),
    ],
  },
  {
    id: 'F36',
    fault: 'ends with 0: a job, or a service',
    tests: [faults('services that fail each in its way'), ['e2e/rollout.test.ts', 'ends with 0 and everything healthy, jobs done']],
  },
  {
    id: 'F37',
    fault: 'killed for its memory',
    tests: [faults('services that fail each in its way'), ['e2e/engine.test.ts', 'what ends is told apart: by its exit code']],
  },
  {id: 'F38', fault: 'its command is not there', tests: [faults('services that fail each in its way')]},
  {id: 'F39', fault: 'a port is taken in between', tests: [['e2e/faults.test.ts', 'a port that is taken between the check and the start']]},
  {id: 'F40', fault: 'an image is removed in between', tests: [faults('an image that somebody removes between pull and start')]},
  {
    id: 'F41',
    fault: 'containers, a network or a volume are removed',
    tests: [
      faults('containers and a network that somebody removes'),
      faults('that is gone since the last rollout is never silently made anew'),
      faults('that goes between the plan and the start of its service'),
    ],
  },
  {
    id: 'F42',
    fault: 'a container of somebody else has our name',
    tests: [faults("a container of somebody else under a service's name"), kills],
  },
  {id: 'F43', fault: 'the clock is set', tests: [faults('a clock that is set by %i years')]},
  {
    id: 'F44',
    fault: 'a profile that is broken',
    tests: [
      ['workspace/profiles.test.ts', 'a file of profiles %s is refused with what to do and stays as it is'],
      ['workspace/profiles.test.ts', 'anything at all is imported or refused'],
      ['workspace/profiles.test.ts', 'line ends of Windows and a byte order mark do not matter'],
      ['workspace/profile-versions.test.ts', 'a recorded profile of version %d'],
    ],
  },
  {
    id: 'F45',
    fault: 'a profile or secret that is no ordinary file',
    tests: [
      ['workspace/profiles.test.ts', 'a %s in the place of the profiles is refused and not waited on'],
      ['workspace/secrets.test.ts', 'a secret that is %s is refused with what to do'],
    ],
  },
  {
    id: 'F46',
    fault: 'records that are half written',
    tests: [
      ['workspace/journal.test.ts', 'a journal that was cut at any byte is read up to the cut'],
      ['workspace/files.test.ts', 'a damaged record makes edits out of files and never overwrites them'],
      ['survival/half-written.test.ts', 'cut at any byte'],
    ],
  },
  {
    id: 'F47',
    fault: 'a generated file was edited',
    tests: [
      ['workspace/files.test.ts', 'a conflict refuses everything, shows the difference'],
      ['workspace/edited-files.test.ts', 'keeps the change'],
    ],
  },
  {id: 'F48', fault: 'data whose secret is lost', tests: [['preflight/checks.test.ts', "'D39'"]]},
  {
    id: 'F49',
    fault: 'an upgrade is cut',
    tests: [
      kills,
      ['e2e/image-lock.test.ts', 'a tag that means another build is told by update'],
      crash('what a killed run wrote is still ours'),
    ],
  },
  {
    id: 'F50',
    fault: 'a roll back that fails itself',
    tests: [['e2e/roll-back.test.ts', 'one that can not come up either says both states']],
  },
  {
    id: 'F51',
    fault: 'the window changes its size',
    tests: [
      ['cli/resize.test.ts', 'hundreds of sizes while keys are pressed'],
      ['ui/sizes.test.tsx', '%s fits a terminal of any size'],
    ],
  },
  {
    id: 'F52',
    fault: 'no terminal',
    tests: [
      ['cli/bad-input.test.ts', '(no terminal)'],
      ['cli/accessible.test.ts', 'answers that are piped in are refused'],
    ],
  },
  {
    id: 'F53',
    fault: 'a terminal that can do little',
    tests: [
      ['cli/accessible.test.ts', 'a terminal that can not draw is asked line by line'],
      ['display/mode.test.ts', 'test'],
    ],
  },
  {
    id: 'F54',
    fault: 'a terminal that is not read',
    tests: [
      faults('does not stop the rollout, and shows where it is once it is read again'),
      faults('gets every line of the rollout in its order'),
      faults('keeps nobody from ending the run'),
      ['ui/screen.test.ts', 'only so much waits for a terminal that is not read'],
    ],
  },
  {id: 'F55', fault: 'a log without end', tests: [faults('its log is followed with bounded memory')]},
  {
    id: 'F56',
    fault: 'control sequences from outside',
    tests: [
      ['ui/hostile.test.tsx', 'on the screen'],
      ['ui/hostile.test.tsx', 'as lines'],
    ],
  },
  {id: 'F60', fault: 'a reboot', tests: [faults('an engine and a run that are both killed, as by a reboot')]},
];

/** Rows without a test of their own here, and why. */
export const elsewhere: Readonly<Record<string, string>> = {
  F57: 'several hosts',
  F58: 'several hosts',
  F59: 'several hosts',
};
