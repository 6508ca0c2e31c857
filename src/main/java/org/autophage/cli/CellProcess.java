package org.autophage.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Trust;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellProgram;
import org.autophage.sweep.CellWorker;
import org.autophage.sweep.SweepCell;
import org.jspecify.annotations.Nullable;

/**
 * Runs each cell of a sweep in a process of its own: {@code autophage run --plan FOLDER --index I} by the Java that runs
 * here.
 */
final class CellProcess implements CellWorker {
    private final SweepFolder folder;
    private final SweepPlaces places;
    private final Trust trust;
    private final Progress progress;

    CellProcess(SweepFolder folder, SweepPlaces places, Trust trust, Progress progress) {
        this.folder = folder;
        this.places = places;
        this.trust = trust;
        this.progress = progress;
    }

    @Override
    public Ending run(int index, SweepCell cell, int place, StopSignal stop) {
        return new CellProgram(
                        java(),
                        arguments(folder, index, trust),
                        places.environment().get(place),
                        "",
                        folder.log(cell.name()).toString())
                .with(places.overrides(place), Map.of())
                .run(stop, line -> progress.message(cell.name() + ": " + line));
    }

    /** The script that started this process, which chooses libraries for the machine that it runs on; without one, this Java. */
    static List<String> launcher() {
        @Nullable String script = System.getProperty("autophage.launcher");
        return script == null ? java() : List.of(script);
    }

    /** What runs another Autophage as this process was started; a command and its arguments come after it. */
    private static List<String> java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The options of this process (memory, natives, ...), but not a debugger's or a profiler's, which are for one.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agent"))
                .forEach(words::add);
        words.addAll(List.of("-Dautophage.terminal=false", "-cp", System.getProperty("java.class.path")));
        words.add(Main.class.getName());
        return words;
    }

    /** What a process is told that runs a cell for the one that starts it. */
    static List<String> arguments(SweepFolder folder, int index, Trust trust) {
        List<String> words = new ArrayList<>(List.of(
                "run", "--plan", folder.root().toString(), "--index", String.valueOf(index), "--until-input-ends"));
        if (trust.isAll()) {
            words.add(Trust.OPTION);
        }
        return words;
    }
}
