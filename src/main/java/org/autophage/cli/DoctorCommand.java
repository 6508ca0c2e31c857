package org.autophage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.data.DatasetFolders;
import org.autophage.data.catalog.DatasetCatalog;
import org.autophage.experiment.EngineDiagnosis;
import org.autophage.experiment.SoftwareVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code autophage doctor}. */
@Command(
        name = "doctor",
        description = "Prints what was found on this machine: Java, libtorch, device and why, memory, datasets.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EngineDiagnosis engine = EngineDiagnosis.ofThisProcess();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("autophage", SoftwareVersion.current()));
        rows.add(List.of(
                "java",
                "%s %s, %s"
                        .formatted(
                                System.getProperty("java.vendor"),
                                System.getProperty("java.version"),
                                System.getProperty("java.home"))));
        rows.add(List.of("system", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        rows.add(List.of("cores", String.valueOf(Runtime.getRuntime().availableProcessors())));
        rows.add(List.of("memory", engine.memory()));
        rows.add(List.of("libtorch", engine.libtorch()));
        rows.add(List.of("device", engine.device()));
        for (DatasetCatalog.Entry entry : new DatasetCatalog(DatasetFolders.root()).list()) {
            rows.add(List.of(entry.kind(), DataCommand.where(entry)));
        }
        spec.commandLine().getOut().print(Columns.leftAligned(rows));
        spec.commandLine().getOut().flush();
        return engine.works() ? ExitCode.DONE.code() : ExitCode.NO_DEVICE.code();
    }
}
