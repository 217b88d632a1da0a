// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.node.driver.Commands;
import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Diff;
import io.selvedge.plan.FilterResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code inet selvedge}, through nft(8). Each apply is one transaction: elements change
 * one by one, the chains only as a whole, with the elements and without a gap.
 *
 * <p>{@link #counters} may be called by any thread.
 */
public final class NftDriver implements Driver<FilterResource> {
    private static final List<String> LIST =
            List.of("nft", "-s", "-j", "list", "table", "inet", "selvedge");

    /** The key of chains that are not as we made them, or whose making was not recorded. */
    private static final String ALTERED = "skeleton altered";

    private final Commands commands;
    private final NftSeal seal;

    public NftDriver(Commands commands, Path stateFolder) {
        this.commands = commands;
        this.seal = new NftSeal(stateFolder);
    }

    @Override
    public String name() {
        return "nft";
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        var keys = new TreeSet<String>();
        var listed = list();
        if (listed.isPresent()) {
            var table = listed.get();
            table.cover().planned().forEach(each -> keys.add(each.key()));
            var sealed = seal.standing(table);
            if (table.hasChains()) {
                keys.add(sealed.orElse(ALTERED));
            }
        }
        return keys;
    }

    @Override
    public void apply(Diff<FilterResource> diff) throws IOException {
        if (diff.isEmpty()) {
            return;
        }
        var table = list();
        var planned = new TreeSet<Element>();
        table.ifPresent(each -> planned.addAll(each.cover().planned()));
        diff.remove().stream().flatMap(Element::parse).forEach(planned::remove);
        diff.add().stream().flatMap(each -> Element.of(each.resource())).forEach(planned::add);
        var skeleton = skeleton(diff);
        boolean losesSkeleton = diff.remove().stream().anyMatch(key -> key.startsWith("skeleton "));
        if (skeleton != null || losesSkeleton) {
            replace(table, skeleton, planned);
        } else if (table.isPresent() && table.get().isComplete()) {
            change(table.get(), planned);
        } else if (table.isPresent() && table.get().hasChains()) {
            throw new IOException(
                    "somebody else is changing table inet selvedge; observe again and retry");
        } else {
            replace(table, null, planned);
        }
    }

    /** What was dropped so far, by the name of the reason; empty while there is no table. */
    public Map<String, Count> counters() throws IOException {
        return list().map(NftTable::counters).orElse(Map.of());
    }

    private void replace(
            Optional<NftTable> old,
            FilterResource.@Nullable Skeleton skeleton,
            Collection<Element> planned)
            throws IOException {
        seal.remove();
        if (skeleton == null && planned.isEmpty()) {
            transact(NftScript.deleteTable());
            return;
        }
        var counters = old.map(NftTable::counters).orElse(Map.of());
        transact(NftScript.replaceTable(skeleton, planned, counters));
        var made = list();
        if (skeleton != null && made.isPresent()) {
            seal.write(skeleton.key(), made.get());
        }
    }

    private void change(NftTable table, SortedSet<Element> planned) throws IOException {
        if (planned.isEmpty() && !table.hasChains()) {
            transact(NftScript.deleteTable());
            return;
        }
        var script = NftScript.change(table, planned);
        if (!script.isEmpty()) {
            transact(script);
        }
    }

    private void transact(String script) throws IOException {
        commands.run(script, "nft", "-f", "-");
    }

    private Optional<NftTable> list() throws IOException {
        var output = commands.attempt(Map.of(), "", LIST);
        if (output.exit() == 0) {
            return Optional.of(NftTable.parse(output.stdout()));
        }
        if (output.stderr().contains("No such file or directory")) {
            return Optional.empty();
        }
        throw commands.failed(LIST, output);
    }

    private static FilterResource.@Nullable Skeleton skeleton(Diff<FilterResource> diff) {
        for (var planned : diff.add()) {
            if (planned.resource() instanceof FilterResource.Skeleton skeleton) {
                return skeleton;
            }
        }
        return null;
    }
}
