// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.IntentRouter;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.record.Writers;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/**
 * Says what is wanted to the entities of a fabric, until none decides anything more. Everything may
 * be said again at any time, also by two at once. Methods wait for answers.
 */
public final class Feed {
    /** Entities that are asked side by side. */
    private static final int WINDOW = 64;

    private static final int PASSES_MAX = 10;

    private final Entities entities;
    private final EntityId cluster;
    private final RandomGenerator random;

    public Feed(Entities entities, String cluster, RandomGenerator random) {
        this.entities = entities;
        this.cluster = new EntityId(EntityKind.CLUSTER, cluster);
        this.random = random;
    }

    /**
     * What is wanted.
     *
     * @param keys that nodes are registered with, by name
     * @param localRoutes what this host reaches already; only read when the fabric is created
     */
    public record Wish(
            Intent intent, SortedMap<String, NodeKeys> keys, SortedSet<Cidr> localRoutes) {
        public Wish {
            keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
            localRoutes = Collections.unmodifiableSortedSet(new TreeSet<>(localRoutes));
        }
    }

    /** Nobody answered, or with a failure; all may be said again. */
    public static final class Unanswered extends Exception {
        Unanswered(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * Has the entities take back what the fabric holds of theirs and their journal does not know.
     * To be done before anything is wanted, or they could publish versions anew.
     */
    public void find(Collection<SignedRecord> held) throws Unanswered, InterruptedException {
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            var writers =
                    directory().map(Directory::writers).orElseGet(() -> new Writers(cluster.id()));
            if (say(IntentRouter.found(writers, held), new TreeSet<>()) == 0) {
                return;
            }
        }
    }

    /** Has it carried out, as far as possible; gives sentences on what is wrong. */
    public SortedSet<String> fulfil(Wish wish) throws Unanswered, InterruptedException {
        var router = new IntentRouter(wish.intent(), wish.keys());
        var problems = new TreeSet<String>();
        int decided;
        int passes = 0;
        do {
            problems.clear();
            decided = pass(router, wish.localRoutes(), problems);
        } while (decided > 0 && ++passes < PASSES_MAX);
        return problems;
    }

    /** All records that stand. */
    public List<SignedRecord> published() throws Unanswered, InterruptedException {
        var asked = new TreeSet<>(List.of(cluster));
        directory()
                .ifPresent(directory -> {
                    asked.addAll(directory.named());
                    for (var member : directory.members().values()) {
                        var node = new Subject(directory.cluster(), member.uid());
                        asked.add(new EntityId(EntityKind.NODE, node.toString()));
                    }
                });
        var published = new ArrayList<SignedRecord>();
        for (var entity : asked) {
            published.addAll(answer(entities.look(entity)).standing());
        }
        return published;
    }

    private int pass(IntentRouter router, SortedSet<Cidr> localRoutes, SortedSet<String> problems)
            throws Unanswered, InterruptedException {
        long basis = directory().map(Directory::mandate).map(Mandate::revision).orElse(0L);
        var chance = new byte[32];
        random.nextBytes(chance);
        int decided = say(List.of(router.intend(basis, localRoutes, Bytes.of(chance))), problems);
        var directory = directory();
        if (directory.isPresent()) {
            var routes = router.route(directory.get());
            problems.addAll(routes.problems());
            decided += say(routes.tells(), problems);
        }
        return decided;
    }

    private Optional<Directory> directory() throws Unanswered, InterruptedException {
        return Optional.ofNullable(answer(entities.look(cluster)).cluster()).flatMap(Directory::of);
    }

    private int say(List<Tell> tells, SortedSet<String> problems)
            throws Unanswered, InterruptedException {
        int decided = 0;
        for (int from = 0; from < tells.size(); from += WINDOW) {
            var answers = new ArrayList<CompletionStage<Outcome>>();
            for (var tell : tells.subList(from, Math.min(tells.size(), from + WINDOW))) {
                answers.add(entities.say(tell));
            }
            for (var each : answers) {
                var outcome = answer(each);
                decided += outcome.decided();
                problems.addAll(outcome.problems());
            }
        }
        return decided;
    }

    private static <T> T answer(CompletionStage<T> asked) throws Unanswered, InterruptedException {
        try {
            CompletableFuture<T> future = asked.toCompletableFuture();
            return future.get();
        } catch (ExecutionException failed) {
            throw new Unanswered(failed.getCause() == null ? failed : failed.getCause());
        }
    }
}
