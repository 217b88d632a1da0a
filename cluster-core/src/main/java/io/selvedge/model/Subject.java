// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/**
 * What a record is about, as {@code cluster/uid}. A node's uid is immutable; its name is an
 * attribute that its grant gives.
 */
public record Subject(String cluster, String uid) implements Comparable<Subject> {
    public Subject {
        if (cluster.isEmpty() || uid.isEmpty() || cluster.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a subject is cluster/uid, both not empty");
        }
    }

    public static Subject parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not cluster/uid");
        }
        return new Subject(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(Subject other) {
        int byCluster = cluster.compareTo(other.cluster);
        return byCluster != 0 ? byCluster : uid.compareTo(other.uid);
    }

    @Override
    public String toString() {
        return cluster + "/" + uid;
    }
}
