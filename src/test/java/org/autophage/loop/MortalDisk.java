package org.autophage.loop;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The real disk as a process sees it that is killed at a chosen change to it (opening a file for writing, making a folder,
 * renaming, deleting): the change does not happen any more, or it is the last that happens, and from then on every
 * further change fails too, as it would for a process that is gone.
 */
final class MortalDisk extends FileSystemProvider {
    /** What SIGKILL looks like from inside. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final FileSystemProvider real =
            FileSystemProvider.installedProviders().get(0);
    private final FileSystem view = new View();
    private final int lastChange;
    private final boolean lastHappens;
    private int changes;

    /**
     * @param lastChange the number of the change at which the process is killed, counted from 1
     * @param lastHappens whether that change still happens; a file that it opens stays empty
     */
    MortalDisk(int lastChange, boolean lastHappens) {
        this.lastChange = lastChange;
        this.lastHappens = lastHappens;
    }

    /** A disk that outlives every process. */
    static MortalDisk immortal() {
        return new MortalDisk(Integer.MAX_VALUE, true);
    }

    /** How many changes were attempted so far. */
    int changes() {
        return changes;
    }

    /** The same place, seen through this disk. */
    Path at(Path path) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("getFileSystem")) {
                return view;
            }
            try {
                return wrapped(method.invoke(path, unwrapped(arguments)));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Path)
                Proxy.newProxyInstance(MortalDisk.class.getClassLoader(), new Class<?>[] {MortalPath.class}, handler);
    }

    /** Marks paths that are seen through such a disk. */
    interface MortalPath extends Path {}

    private @Nullable Object wrapped(@Nullable Object result) {
        return result instanceof Path path ? at(path) : result;
    }

    private static Object @Nullable [] unwrapped(Object @Nullable [] arguments) {
        return arguments == null
                ? null
                : Arrays.stream(arguments)
                        .map(each -> each instanceof MortalPath path ? real(path) : each)
                        .toArray();
    }

    private static Path real(Path path) {
        return path instanceof MortalPath ? Path.of(path.toString()) : path;
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T change(Change<T> change) throws IOException {
        changes++;
        if (changes < lastChange) {
            return change.make();
        }
        if (changes == lastChange && lastHappens && change.make() instanceof AutoCloseable channel) {
            closed(channel);
        }
        throw new Killed();
    }

    private static void closed(AutoCloseable channel) throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean writes(Set<? extends OpenOption> options) {
        return options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Change<FileChannel> open = () -> real.newFileChannel(real(path), options, attributes);
        return writes(options) ? change(open) : open.make();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        Change<SeekableByteChannel> open = () -> real.newByteChannel(real(path), options, attributes);
        return writes(options) ? change(open) : open.make();
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        change(() -> Files.createDirectory(real(folder), attributes));
    }

    @Override
    public void delete(Path path) throws IOException {
        change(() -> {
            real.delete(real(path));
            return path;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change(() -> Files.move(real(source), real(target), options));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        change(() -> Files.copy(real(source), real(target), options));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> contents = real.newDirectoryStream(real(folder), entry -> filter.accept(at(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> entries = contents.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Path next() {
                        return at(entries.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                contents.close();
            }
        };
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), attributes, options);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(real(path), attribute, value, options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return real.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public String getScheme() {
        return "mortal";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return view;
    }

    @Override
    public Path getPath(URI uri) {
        return at(Path.of(uri));
    }

    /** The file system that such paths say they belong to. */
    private final class View extends FileSystem {
        private final FileSystem all = FileSystems.getDefault();

        @Override
        public FileSystemProvider provider() {
            return MortalDisk.this;
        }

        @Override
        public Path getPath(String first, String... more) {
            return at(all.getPath(first, more));
        }

        @Override
        public void close() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return all.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return all.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return all.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return all.supportedFileAttributeViews();
        }

        @Override
        public PathMatcher getPathMatcher(String syntaxAndPattern) {
            return all.getPathMatcher(syntaxAndPattern);
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return all.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() throws IOException {
            return all.newWatchService();
        }
    }
}
