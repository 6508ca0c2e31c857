package org.autophage.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;

/**
 * The parameters of a TorchScript file's {@code forward}, read from its text: libtorch's Java interface cannot tell them,
 * and passes arguments by position only.
 *
 * @param parameters each as written, such as {@code x: Tensor} or {@code return_features: bool=False}; without self
 */
record ForwardSignature(List<String> parameters) {
    /** The class of the whole module is the first name in the pickle that refers to the archive's own code. */
    private static final Pattern MAIN_CLASS = Pattern.compile("c(__torch__[\\w.]*)\n(\\w+)\n");

    private static final Pattern BOOLEAN = Pattern.compile("(\\w+): bool=(True|False)");

    /** Bounds what is read of the pickle and of the text, which are some kilobytes in real files. */
    private static final int LONGEST_TEXT = 1 << 24;

    /**
     * Reads the signature.
     *
     * @throws AutophageException (usage) if the file is missing, is no TorchScript file, or has no forward
     */
    static ForwardSignature read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Matcher main = MAIN_CLASS.matcher(text(zip, "data.pkl", file));
            if (!main.find()) {
                throw none(file, "it holds tensors but no program, as torch.save writes; torch.jit.save writes both");
            }
            String source = text(zip, "code/" + main.group(1).replace('.', '/') + ".py", file);
            Matcher forward = Pattern.compile(
                            "class " + main.group(2) + "\\(Module\\):\n(?:(?!class ).*\n)*?  def forward\\(([^)]*)\\)")
                    .matcher(source);
            if (!forward.find()) {
                throw none(file, "its module has no method forward");
            }
            List<String> parameters =
                    new ArrayList<>(List.of(forward.group(1).strip().split(",\\s*(?=\\w+\\s*:)", -1)));
            parameters.remove(0);
            return new ForwardSignature(List.copyOf(parameters));
        } catch (ZipException e) {
            throw none(file, "it is no zip (%s)".formatted(e.getMessage()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    /**
     * The arguments after the first that make a flag true; those before it keep their defaults.
     *
     * @return empty where there is no such flag
     */
    List<Boolean> settingTrue(String flag) {
        List<Boolean> arguments = new ArrayList<>();
        for (String parameter : parameters.subList(Math.min(1, parameters.size()), parameters.size())) {
            Matcher known = BOOLEAN.matcher(parameter.strip());
            if (!known.matches()) {
                return List.of();
            }
            if (known.group(1).equals(flag)) {
                arguments.add(true);
                return arguments;
            }
            arguments.add(known.group(2).equals("True"));
        }
        return List.of();
    }

    /** The text of an entry; entries lie in a folder with a name of the writer's choice. */
    private static String text(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.stream()
                .filter(each -> each.getName().replaceFirst("^[^/]*/", "").equals(name))
                .findFirst()
                .orElseThrow(() -> none(file, "it has no " + name));
        return new String(zip.getInputStream(entry).readNBytes(LONGEST_TEXT), StandardCharsets.ISO_8859_1);
    }

    static AutophageException none(Path file, String reason) {
        return AutophageException.usage(file + " is no TorchScript file: " + reason);
    }
}
