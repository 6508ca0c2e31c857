package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.autophage.base.Sha256;

/**
 * Signs of latents, by the stream cipher ChaCha20 (RFC 8439) as in Gaussian shading (arXiv 2404.04956): whoever has not the key cannot tell
 * them from fair coins.
 *
 * @param number that the cipher's key is made of
 * @param keys whether all images have the same signs
 */
record LatentKey(long number, Keys keys) {
    /** Which images share signs. */
    public enum Keys {
        /** None: the law of latents stays as it is. */
        @JsonProperty("each")
        EACH,
        /** All: latents leave the orthant of the key no more. */
        @JsonProperty("one")
        ONE
    }

    private static final int BYTE = 8;

    /**
     * Gives latents the signs of the key; how large they are stays.
     *
     * @param batch tells images of one number from each other
     * @param image its number
     * @param from where its latents begin
     * @param size d
     */
    void sign(long batch, int image, float[] latents, int from, int size) {
        byte[] stream = stream(batch, image, size);
        for (int i = 0; i < size; i++) {
            float much = Math.abs(latents[from + i]);
            latents[from + i] = isPositive(stream, i) ? much : -much;
        }
    }

    /** How many signs of latents are the key's. */
    int agreeing(long batch, int image, float[] latents, int from, int size) {
        byte[] stream = stream(batch, image, size);
        int agreeing = 0;
        for (int i = 0; i < size; i++) {
            agreeing += latents[from + i] > 0 == isPositive(stream, i) ? 1 : 0;
        }
        return agreeing;
    }

    private static boolean isPositive(byte[] stream, int i) {
        return (stream[i / BYTE] >> (i % BYTE) & 1) == 1;
    }

    private byte[] stream(long batch, int image, int bits) {
        ByteBuffer nonce = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
        if (keys == Keys.EACH) {
            nonce.putLong(batch).putInt(image);
        }
        MessageDigest digest = Sha256.digest();
        byte[] key = digest.digest(("latent mark " + number).getBytes(StandardCharsets.UTF_8));
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "ChaCha20"),
                    new ChaCha20ParameterSpec(nonce.array(), 0));
            return cipher.doFinal(new byte[(bits + BYTE - 1) / BYTE]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ChaCha20", e);
        }
    }
}
