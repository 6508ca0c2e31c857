package org.autophage.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.base.StopSignal;

/**
 * Fetches files from the first mirror that serves the right bytes. A file appears under its name only after all
 * of it came and its bytes, unpacked where it is gzipped, had the right SHA-256; whatever fails leaves nothing behind.
 */
public final class DatasetDownload {
    /** How long a mirror may be silent. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How the mirrors hold the file. */
    public enum Packing {
        NONE,
        GZIP
    }

    private final List<URI> mirrors;
    private final Packing packing;
    private final Duration patience;
    private final HttpClient client;

    /**
     * @param mirrors folders, each ending in a slash, in the order of trying
     * @param packing how they hold the files
     * @param patience how long a mirror may be silent
     */
    public DatasetDownload(List<URI> mirrors, Packing packing, Duration patience) {
        this.mirrors = mirrors;
        this.packing = packing;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build();
    }

    /**
     * Fetches one file.
     *
     * @param target where it is to be; its name is also the name on the mirrors
     * @param sha256 of the unpacked bytes, hexadecimal
     * @param received told how many bytes came so far, from another thread
     * @throws AutophageException (failed) naming what was wrong with each mirror, or the disk
     */
    public void fetch(Path target, String sha256, LongConsumer received) {
        AtomicFiles.deleteAbandoned(target.toAbsolutePath().getParent());
        List<String> failures = new ArrayList<>();
        for (URI mirror : mirrors) {
            URI source = mirror.resolve(String.valueOf(target.getFileName()));
            byte[] packed;
            try {
                packed = get(source, received);
                check(packing == Packing.GZIP ? unpacked(packed) : packed, sha256);
            } catch (IOException e) {
                failures.add(source + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                continue;
            }
            AtomicFiles.write(target, temporary -> Files.write(temporary, packed));
            return;
        }
        throw AutophageException.failed(
                "%s could not be fetched: %s".formatted(target.getFileName(), String.join("; ", failures)));
    }

    private byte[] get(URI source, LongConsumer received) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        AtomicLong bytes = new AtomicLong();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                HttpRequest.newBuilder(source).build(),
                HttpResponse.BodyHandlers.ofByteArrayConsumer(chunk -> chunk.ifPresent(part -> {
                    body.writeBytes(part);
                    received.accept(bytes.addAndGet(part.length));
                })));
        int status = await(exchange, bytes).statusCode();
        if (status != 200) {
            throw new IOException("HTTP status " + status);
        }
        return body.toByteArray();
    }

    /** Waits for the end of the exchange as long as bytes keep coming. */
    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> exchange, AtomicLong bytes)
            throws IOException {
        try {
            while (true) {
                long before = bytes.get();
                try {
                    return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (bytes.get() == before) {
                        throw new IOException("nothing came for %.0f s".formatted(patience.toMillis() / 1e3), e);
                    }
                }
            }
        } catch (ExecutionException e) {
            // The HTTP client's ConnectException has no message, whatever the reason.
            boolean unreachable = e.getCause() instanceof ConnectException;
            throw new IOException(unreachable ? "no connection" : String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.interrupted();
        } finally {
            exchange.cancel(true);
        }
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IOException("no whole gzip file (" + e.getMessage() + ")", e);
        }
    }

    private void check(byte[] bytes, String sha256) throws IOException {
        String found = Sha256.of(bytes);
        if (!found.equals(sha256)) {
            throw new IOException("SHA-256%s is %s, must be %s"
                    .formatted(packing == Packing.GZIP ? " of the unpacked bytes" : "", found, sha256));
        }
    }
}
