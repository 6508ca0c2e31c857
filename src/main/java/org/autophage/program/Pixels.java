package org.autophage.program;

import org.autophage.program.Graph.ElementType;

/** Between pictures, unsigned bytes (N, H, W, C), and what networks see of them, float32 planes (N, C, H, W). */
public final class Pixels {
    private Pixels() {}

    /** Unsigned bytes [0, 255] as float32 in [−1, 1]. */
    public static Value bytesToUnit(Value bytes) {
        return bytes.to(ElementType.FLOAT32).times(1 / 127.5).minus(1);
    }

    /** Images as unsigned bytes (N, H, W, C) as float32 planes (N, C, H, W) in [−1, 1]. */
    public static Value planes(Value bytes) {
        return bytesToUnit(bytes).transpose(1, 3).transpose(2, 3);
    }

    /** Float32 in [−1, 1], cut to it, as unsigned bytes, rounded to the nearest. */
    public static Value unitToBytes(Value x) {
        Value scaled = x.times(127.5).plus(127.5).clamp(0, 255);
        return scaled.graph().emit(x.dims(), "torch.round", scaled).to(ElementType.UINT8);
    }

    /** The reverse of {@link #planes}: float32 planes (N, C, H, W) in [−1, 1], cut to it, as unsigned bytes (N, H, W, C). */
    public static Value pictures(Value planes) {
        long[] dims = {planes.dim(0), planes.dim(2), planes.dim(3), planes.dim(1)};
        Value permuted = planes.graph().emit(dims, "torch.permute", unitToBytes(planes), new long[] {0, 2, 3, 1});
        return planes.graph().emit(dims, "torch.contiguous", permuted);
    }

    /** How {@link #resize} weighs the old pixels under a new one. */
    public enum Interpolation {
        BILINEAR,
        BICUBIC
    }

    /** Square planes (N, C, size, size) of planes (N, C, H, W), antialiased where they get smaller, as in Pillow. */
    public static Value resize(Value planes, long size, Interpolation interpolation) {
        String op =
                switch (interpolation) {
                    case BILINEAR -> "torch._upsample_bilinear2d_aa";
                    case BICUBIC -> "torch._upsample_bicubic2d_aa";
                };
        long[] dims = {planes.dim(0), planes.dim(1), size, size};
        return planes.graph().emit(dims, op, planes, new long[] {size, size}, false, null, null);
    }
}
