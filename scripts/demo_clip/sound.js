// Makes the demo's sound: four slow chords, and a voice in one language over them. It is rendered three times in a row;
// the middle one is kept, so that every echo of its end is already there at its start.

const CHORDS = [
  [130.81, 196.0, 246.94, 329.63], // C major 7
  [110.0, 164.81, 246.94, 261.63], // A minor 9
  [87.31, 174.61, 220.0, 329.63], // F major 7
  [98.0, 196.0, 246.94, 293.66], // G
];

function echo(context) {
  const length = Math.round(context.sampleRate * 2.4);
  const response = context.createBuffer(2, length, context.sampleRate);
  for (const channel of [0, 1]) {
    const samples = response.getChannelData(channel);
    for (let i = 0; i < length; i += 1) samples[i] = (Math.random() * 2 - 1) * (1 - i / length) ** 3;
  }
  return new ConvolverNode(context, { buffer: response });
}

function playNote(context, target, frequency, start, length) {
  for (const [detune, pan] of [[-4, -0.5], [5, 0.5]]) {
    const voice = new OscillatorNode(context, { type: "triangle", frequency, detune });
    const level = new GainNode(context, { gain: 0 });
    const side = new StereoPannerNode(context, { pan });
    level.gain.setValueAtTime(0, start);
    level.gain.linearRampToValueAtTime(1, start + length * 0.45);
    level.gain.linearRampToValueAtTime(0, start + length * 1.3);
    voice.connect(level).connect(side).connect(target);
    voice.start(start);
    voice.stop(start + length * 1.3);
  }
}

function playPad(context, target, start, length) {
  const step = length / CHORDS.length;
  CHORDS.forEach((notes, i) => notes.forEach((note) => playNote(context, target, note, start + i * step, step)));
}

async function playVoice(context, target, speech, start) {
  for (const { at, wav } of speech) {
    const bytes = Uint8Array.from(atob(wav), (char) => char.charCodeAt(0));
    const buffer = await context.decodeAudioData(bytes.buffer);
    const voice = new AudioBufferSourceNode(context, { buffer });
    voice.connect(target);
    voice.start(start + at);
  }
}

/** Interleaved 16-bit samples of one loop of `length` seconds, as base64. `speech`: [{at: seconds, wav: base64}]. */
async function soundOf(speech, length, rate) {
  const context = new OfflineAudioContext(2, Math.round(3 * length * rate), rate);
  const room = echo(context);
  room.connect(new GainNode(context, { gain: 0.05 })).connect(context.destination);
  const pad = new BiquadFilterNode(context, { type: "lowpass", frequency: 720, Q: 0.3 });
  pad.connect(new GainNode(context, { gain: 0.028 })).connect(context.destination);
  pad.connect(new GainNode(context, { gain: 0.04 })).connect(room);
  const voice = new BiquadFilterNode(context, { type: "lowpass", frequency: 4200, Q: 0.4 });
  voice.connect(new GainNode(context, { gain: 0.5 })).connect(context.destination);
  voice.connect(new GainNode(context, { gain: 0.12 })).connect(room);
  for (const turn of [0, 1, 2]) {
    playPad(context, pad, turn * length, length);
    await playVoice(context, voice, speech, turn * length);
  }
  const rendered = await context.startRendering();
  return base64(interleave(rendered, Math.round(length * rate)));
}

function interleave(buffer, count) {
  const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)];
  const samples = new Int16Array(2 * 3 * count);
  const clip = (value) => Math.max(-1, Math.min(1, value)) * 32767;
  for (let i = 0; i < 3 * count; i += 1) {
    // The first turn has no echo yet: the second stands in for it, which makes three equal loops.
    const from = i < count ? i + count : i < 2 * count ? i : i - count;
    samples[2 * i] = clip(left[from]);
    samples[2 * i + 1] = clip(right[from]);
  }
  return new Uint8Array(samples.buffer);
}

function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(text);
}

globalThis.soundOf = soundOf;
