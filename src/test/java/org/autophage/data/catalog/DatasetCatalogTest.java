package org.autophage.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.data.DatasetDownload;
import org.autophage.data.RealDatasets;
import org.autophage.data.mnist.MnistFile;
import org.autophage.data.mnist.MnistFolder;
import org.autophage.data.mnist.MnistVariant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of its own on this machine; each of its paths is a mirror that behaves in one way. */
class DatasetCatalogTest {
    @TempDir
    Path root;

    private final MnistFolder files = new MnistFolder();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server = serverOnLoopback();

    private static HttpServer serverOnLoopback() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/good/", exchange -> answer(exchange, 200, file(exchange), Integer.MAX_VALUE));
        server.createContext(
                "/absent/",
                exchange -> answer(exchange, 404, "no".getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE));
        server.createContext("/cut/", exchange -> answer(exchange, 200, file(exchange), 40));
        server.createContext("/other/", exchange -> answer(exchange, 200, otherFile(), Integer.MAX_VALUE));
        server.createContext("/page/", exchange -> answer(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8), 6));
        server.createContext("/silent/", exchange -> {});
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private DatasetCatalog catalog(String... mirrors) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new DatasetCatalog(
                root,
                List.of(
                        files.variant(Arrays.stream(mirrors)
                                .map(mirror -> base.resolve(mirror + "/"))
                                .toArray(URI[]::new)),
                        MnistVariant.FASHION),
                Duration.ofSeconds(2));
    }

    private byte[] file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        for (MnistFile file : MnistFile.values()) {
            if (path.endsWith("/" + file.fileName())) {
                return files.gzipped(file);
            }
        }
        throw new IOException("nobody should ask for " + path);
    }

    private byte[] otherFile() throws IOException {
        return files.gzipped(MnistFile.TEST_LABELS);
    }

    private void answer(HttpExchange exchange, int status, byte[] body, int cutAfter) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body, 0, Math.min(body.length, cutAfter));
        } finally {
            exchange.close();
        }
    }

    /** As Inception's network is fetched. */
    @Test
    void whatIsNotGzippedIsKeptAsItComesAndChecked() throws IOException {
        Path target = root.resolve("network").resolve(MnistFile.TEST_LABELS.fileName());
        byte[] served = files.gzipped(MnistFile.TEST_LABELS);
        DatasetDownload download = new DatasetDownload(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/good/")),
                DatasetDownload.Packing.NONE,
                Duration.ofSeconds(2));
        String wrong = Sha256.of("something else");
        assertThatThrownBy(() -> download.fetch(target, wrong, bytes -> {}))
                .hasMessageContaining("SHA-256 is " + Sha256.of(served) + ", must be " + wrong);
        assertThat(target).doesNotExist();
        download.fetch(target, Sha256.of(served), bytes -> {});
        assertThat(target).hasBinaryContent(served);
    }

    @Test
    void listSaysWhatIsThere() {
        DatasetCatalog catalog = catalog("good");
        assertThat(catalog.list())
                .extracting(DatasetCatalog.Entry::kind)
                .containsExactly("strokes", "mnist", "fashion-mnist", "cifar10");
        assertThat(catalog.list()).extracting(DatasetCatalog.Entry::usable).containsExactly(true, false, false, false);
        assertThat(catalog.inception()).isEqualTo(root.resolve("inception/inception-2015-12-05.pt"));
        assertThat(catalog.list().get(1).missing()).hasSize(4).contains("train-images-idx3-ubyte.gz");
        catalog.fetch("mnist", Progress.SILENT);
        assertThat(catalog.list()).extracting(DatasetCatalog.Entry::usable).containsExactly(true, true, false, false);
        assertThat(catalog.list().get(1).place()).isEqualTo(root.resolve("mnist"));
    }

    @Test
    void secondMirrorServesWhatTheFirstLacks() throws IOException {
        assertThat(catalog("absent", "good").fetch("mnist", Progress.SILENT)).isEqualTo(root.resolve("mnist"));
        for (MnistFile file : MnistFile.values()) {
            assertThat(root.resolve("mnist").resolve(file.fileName())).hasBinaryContent(files.gzipped(file));
        }
        assertThat(asked).hasSize(8);
    }

    @Test
    void rightFilesAreNotFetchedAgainAndWrongOnesAre() throws IOException {
        DatasetCatalog catalog = catalog("good");
        Path folder = catalog.fetch("mnist", Progress.SILENT);
        Path labels = folder.resolve("t10k-labels-idx1-ubyte.gz");
        Files.write(labels, new byte[] {1, 2, 3});
        asked.clear();
        catalog.fetch("mnist", Progress.SILENT);
        assertThat(asked).containsExactly("/good/t10k-labels-idx1-ubyte.gz");
        assertThat(labels).hasBinaryContent(files.gzipped(MnistFile.TEST_LABELS));
    }

    @Test
    void nothingIsLeftOfABodyThatIsCutOff() throws IOException {
        refused(catalog("cut"), "train-images-idx3-ubyte.gz could not be fetched: http://127.0.0.1:");
    }

    @Test
    void wrongBytesAreRefused() throws IOException {
        refused(catalog("other"), "SHA-256 of the unpacked bytes is ");
        refused(catalog("page"), "no whole gzip file");
    }

    @Test
    void everyMirrorsFailureIsNamed() throws IOException {
        refused(catalog("absent", "other"), "/absent/train-images-idx3-ubyte.gz: HTTP status 404; ");
    }

    @Test
    void silentMirrorIsGivenUp() throws IOException {
        refused(catalog("silent"), "nothing came for 2 s");
    }

    @Test
    void unreachableMirrorIsNamed() throws IOException {
        DatasetCatalog catalog = catalog("good");
        server.stop(0);
        refused(catalog, "/good/train-images-idx3-ubyte.gz: no connection");
    }

    @Test
    void unwritableFolderIsNamed() throws IOException {
        Files.writeString(root.resolve("mnist"), "a file in the way");
        assertThatThrownBy(() -> catalog("good").fetch("mnist", Progress.SILENT))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("cannot write");
    }

    @Test
    void otherKindsCannotBeFetched() {
        assertThatThrownBy(() -> catalog("good").fetch("strokes", Progress.SILENT))
                .hasMessageContaining("strokes needs no fetching");
        assertThatThrownBy(() -> catalog("good").fetch("grammar", Progress.SILENT))
                .hasMessage("grammar needs no fetching: its sentences are drawn on demand");
        assertThatThrownBy(() -> catalog("good").fetch("text", Progress.SILENT))
                .hasMessage("text is your own: put its file or folder into dataset.path");
        assertThatThrownBy(() -> catalog("good").fetch("ffhq", Progress.SILENT))
                .isInstanceOf(AutophageException.class)
                .hasMessage("there is no dataset 'ffhq' to fetch: must be mnist, fashion-mnist, cifar10 or inception");
    }

    @Test
    void checkReadsTheRealFiles() {
        DatasetCatalog.Entry entry = new DatasetCatalog(root).check(RealDatasets.mnist(), Progress.SILENT);
        assertThat(entry.images()).isEqualTo(60_000);
        assertThat(entry.holdout()).isEqualTo(10_000);
    }

    @Test
    void checkNamesWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> new DatasetCatalog(root).check(Path.of("no/such"), Progress.SILENT))
                .hasMessageContaining("no/such is missing");
        files.writeTo(root.resolve("mnist"));
        assertThatThrownBy(() -> new DatasetCatalog(root).check(root.resolve("mnist"), Progress.SILENT))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("train-images-idx3-ubyte.gz is not the real file");
    }

    private void refused(DatasetCatalog catalog, String message) throws IOException {
        assertThatThrownBy(() -> catalog.fetch("mnist", Progress.SILENT))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.FAILED));
        if (Files.exists(root.resolve("mnist"))) {
            try (var left = Files.list(root.resolve("mnist"))) {
                assertThat(left).isEmpty();
            }
        }
    }
}
