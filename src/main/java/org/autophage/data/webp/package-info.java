/** WebP pictures, lossy (key frames of VP8, RFC 6386) and lossless, decoded to the bit as libwebp does. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.webp;
