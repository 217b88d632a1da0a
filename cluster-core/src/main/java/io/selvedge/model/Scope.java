// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/** Who keeps a record: nodes subscribe to scopes, and digests are per scope. */
public sealed interface Scope extends Comparable<Scope> {
    /** Trust, settings and revocations: every node. */
    record Fabric() implements Scope {
        @Override
        public String toString() {
            return "fabric";
        }
    }

    /** The nodes of one site. */
    record Site(String name) implements Scope {
        @Override
        public String toString() {
            return "site:" + name;
        }
    }

    /** The members of one Community, by its name. */
    record OfCommunity(String name) implements Scope {
        @Override
        public String toString() {
            return "community:" + name;
        }
    }

    /** Those that reach a service, by its {@code namespace/name}. */
    record OfService(String name) implements Scope {
        @Override
        public String toString() {
            return "service:" + name;
        }
    }

    /** One node and those that may talk to it. */
    record OfNode(Subject node) implements Scope {
        @Override
        public String toString() {
            return "node:" + node;
        }
    }

    static Scope parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "fabric" -> new Fabric();
            case "site" -> new Site(rest);
            case "community" -> new OfCommunity(rest);
            case "service" -> new OfService(rest);
            case "node" -> new OfNode(Subject.parse(rest));
            default -> throw new IllegalArgumentException("'" + text + "' is not a scope");
        };
    }

    @Override
    default int compareTo(Scope other) {
        return toString().compareTo(other.toString());
    }
}
