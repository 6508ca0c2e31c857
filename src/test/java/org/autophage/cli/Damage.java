package org.autophage.cli;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What disks, transfers, editors and people do to files. */
enum Damage {
    FLIPPED_BIT {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            byte[] changed = content.clone();
            changed[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            return changed;
        }
    },
    CHANGED_DIGIT {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            byte[] changed = content.clone();
            int start = random.nextInt(content.length);
            for (int i = 0; i < content.length; i++) {
                int at = (start + i) % content.length;
                if (changed[at] >= '0' && changed[at] <= '9') {
                    changed[at] = (byte) ('0' + (changed[at] - '0' + 1 + random.nextInt(9)) % 10);
                    return changed;
                }
            }
            return FLIPPED_BIT.to(content, random);
        }
    },
    CUT {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            return Arrays.copyOf(content, random.nextInt(content.length));
        }
    },
    EMPTIED {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            return new byte[0];
        }
    },
    ZEROED_BLOCK {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            byte[] changed = content.clone();
            int from = random.nextInt(content.length);
            Arrays.fill(changed, from, Math.min(content.length, from + 512), (byte) 0);
            return changed;
        }
    },
    NOISE {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            byte[] changed = content.clone();
            int from = random.nextInt(content.length);
            byte[] noise = new byte[Math.min(64, content.length - from)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, changed, from, noise.length);
            return changed;
        }
    },
    REPEATED_BLOCK {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            int from = random.nextInt(content.length);
            int length = Math.min(content.length - from, 1 + random.nextInt(256));
            byte[] changed = Arrays.copyOf(content, content.length + length);
            System.arraycopy(content, from, changed, from + length, content.length - from);
            return changed;
        }
    },
    LOST_LINE {
        @Override
        byte[] to(byte[] content, SplittableRandom random) {
            int from = random.nextInt(content.length);
            int begin = from;
            while (begin > 0 && content[begin - 1] != '\n') {
                begin--;
            }
            int end = from;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            end = Math.min(content.length, end + 1);
            byte[] changed = new byte[content.length - (end - begin)];
            System.arraycopy(content, 0, changed, 0, begin);
            System.arraycopy(content, end, changed, begin, content.length - end);
            return changed;
        }
    };

    /** @param content at least one byte */
    abstract byte[] to(byte[] content, SplittableRandom random);
}
