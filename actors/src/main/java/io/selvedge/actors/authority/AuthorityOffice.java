// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityJournal.Entry;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Signer;
import io.selvedge.model.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides, signs and persists, in that order; owned by one thread. */
public final class AuthorityOffice {
    private final AuthorityJournal journal;
    private final Signer signer;
    private final RandomGenerator random;

    public AuthorityOffice(AuthorityJournal journal, Signer signer, RandomGenerator random) {
        this.journal = journal;
        this.signer = signer;
        this.random = random;
    }

    /**
     * What came of a wish.
     *
     * @param published what is new, already durable
     */
    public record Outcome(List<SignedRecord> published, List<String> problems) {
        public Outcome {
            published = List.copyOf(published);
            problems = List.copyOf(problems);
        }
    }

    /** All that is published, also before this process. */
    public List<SignedRecord> published() {
        return journal.published();
    }

    /**
     * Publishes what a wish needs; when the journal fails, nothing is, and asking again is safe.
     */
    public Outcome act(Wish wish) throws IOException {
        var problems = new ArrayList<String>();
        var decision = Authority.decide(journal.state(), provable(wish, problems), random);
        problems.addAll(decision.problems());
        var entries = new ArrayList<Entry>();
        for (var event : decision.events()) {
            var entry = sign(event, problems);
            if (entry != null) {
                entries.add(entry);
            }
        }
        if (!entries.isEmpty()) {
            journal.append(entries);
        }
        return new Outcome(
                entries.stream().map(Entry::record).filter(Objects::nonNull).toList(), problems);
    }

    /** Without proofs that were made for another authority: nodes would refuse such grants. */
    private Wish provable(Wish wish, List<String> problems) {
        var registrations = new TreeMap<>(wish.registrations());
        registrations.replaceAll((node, keys) -> {
            if (keys.isHonest(signer.key())) {
                return keys;
            }
            problems.add(
                    "node %s proves possession of its keys to another authority, so it is granted without; register it again"
                            .formatted(node));
            return new Registration(keys.recordKey(), keys.ikeKey());
        });
        return new Wish(wish.intent(), registrations, wish.localRoutes());
    }

    private @Nullable Entry sign(AuthorityEvent event, List<String> problems) {
        if (!(event instanceof Published said)) {
            return new Entry(event, null);
        }
        var payload = said.payload();
        var header =
                new Header(
                        payload.type(),
                        said.subject(),
                        signer.key(),
                        said.scope(),
                        said.version(),
                        said.publication());
        try {
            return new Entry(event, signer.sign(header, payload));
        } catch (IllegalArgumentException refused) {
            problems.add(
                    "%s of %s is not published: %s"
                            .formatted(payload.type(), said.subject(), refused.getMessage()));
            return null;
        }
    }
}
