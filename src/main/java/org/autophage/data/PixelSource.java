package org.autophage.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Where the pixels of images of one size lie, addressed by image: an array, a mapped file, a choice among another source's
 * images, or several sources in a row. Any number of threads may read at once.
 */
public interface PixelSource {
    /** Number of images. */
    int count();

    /** Puts the bytes of one image, in HWC layout, at a buffer's position, which moves on. */
    void copy(int image, ByteBuffer target);

    /** The images at these positions, which may repeat; nothing is copied. */
    default PixelSource select(int[] positions) {
        return new Selected(this, positions.clone());
    }

    /** Images in an array of the heap. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
    record InArray(byte[] bytes, int imageBytes) implements PixelSource {
        @Override
        public int count() {
            return imageBytes == 0 ? 0 : bytes.length / imageBytes;
        }

        @Override
        public void copy(int image, ByteBuffer target) {
            target.put(bytes, image * imageBytes, imageBytes);
        }
    }

    /**
     * Images in memory that the heap does not hold.
     *
     * @param segments direct buffers, each with whole images
     * @param imagesASegment images of every segment but the last
     */
    record InSegments(List<ByteBuffer> segments, int imagesASegment, int imageBytes, int count) implements PixelSource {
        @Override
        public void copy(int image, ByteBuffer target) {
            ByteBuffer segment = segments.get(image / imagesASegment);
            target.put(target.position(), segment, image % imagesASegment * imageBytes, imageBytes);
            target.position(target.position() + imageBytes);
        }
    }

    /** A choice among another source's images. */
    @SuppressWarnings("ArrayRecordComponent")
    record Selected(PixelSource from, int[] positions) implements PixelSource {
        @Override
        public int count() {
            return positions.length;
        }

        @Override
        public void copy(int image, ByteBuffer target) {
            from.copy(positions[image], target);
        }

        /** A choice of a choice is one of the first source's images, so that chains do not grow. */
        @Override
        public PixelSource select(int[] chosen) {
            return new Selected(
                    from, Arrays.stream(chosen).map(i -> positions[i]).toArray());
        }
    }

    /**
     * Several sources in a row.
     *
     * @param starts the number of the first image of each part
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Joined(List<PixelSource> parts, int[] starts, int count) implements PixelSource {
        static Joined of(List<PixelSource> parts) {
            int[] starts = new int[parts.size()];
            int count = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = count;
                count = Math.addExact(count, parts.get(i).count());
            }
            return new Joined(List.copyOf(parts), starts, count);
        }

        @Override
        public void copy(int image, ByteBuffer target) {
            int found = Arrays.binarySearch(starts, image);
            int part = found < 0 ? -found - 2 : found;
            // Empty parts share their start with the next one, which has the image.
            while (image - starts[part] >= parts.get(part).count()) {
                part++;
            }
            parts.get(part).copy(image - starts[part], target);
        }
    }
}
